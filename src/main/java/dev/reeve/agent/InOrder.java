package dev.reeve.agent;

import dev.reeve.decide.BeatDecision;
import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Judgements in the order in which they are shown. They come in that order but for their buckets, so what is put into these hardly needs to be compared any more. */
final class InOrder {

    private final Map<Bucket, List<Judgement>> buckets = new EnumMap<>(Bucket.class);

    void add(Judgement judgement) {
        buckets.computeIfAbsent(judgement.bucket(), _ -> new ArrayList<>()).add(judgement);
    }

    List<Judgement> all() {
        var all = new ArrayList<Judgement>();
        buckets.values().forEach(all::addAll);
        all.sort(BeatDecision.ORDER);
        return all;
    }
}
