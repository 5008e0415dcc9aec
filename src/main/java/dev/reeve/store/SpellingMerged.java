package dev.reeve.store;

import dev.reeve.model.Signal;

import java.util.List;

/**
 * What a merge of spellings came to.
 *
 * @param archived the files in {@code archive/} that were moved there now; none when there was nothing to merge
 * @param signals files that were corrupt and set aside, or must not be touched and were left
 */
public record SpellingMerged(List<String> archived, List<Signal> signals) {}
