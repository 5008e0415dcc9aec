package dev.reeve.agent;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskFacts;
import dev.reeve.reconcile.RegisterPass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what is known of each task, from the passes that looked at it. */
record Assembly(Overview overview, PullRequestAnswers answers, ListedBranches listed,
        Map<Slug, RegisterPass.Found> found) {

    /** Of all tasks, and of slugs that only a register or dispatch files know. */
    List<BeatFacts> facts() {
        var all = new ArrayList<BeatFacts>(overview.entries().size() + found.size());
        overview.entries().forEach(entry -> all.add(of(entry)));
        found.keySet()
                .stream()
                .filter(slug -> !overview.catalog().entries().containsKey(slug))
                .forEach(slug -> all.add(of(new CatalogEntry.Missing(slug))));
        return all;
    }

    private BeatFacts of(CatalogEntry entry) {
        var detail = Optional.ofNullable(found.get(entry.slug())).flatMap(RegisterPass.Found::facts);
        var pullRequest = detail.map(TaskFacts::pullRequest).orElseGet(() -> listed.of(entry.slug()));
        return new BeatFacts(entry, detail, pullRequest, standing(pullRequest), dependencies(entry));
    }

    private Optional<PullRequestStanding> standing(PullRequestLookup lookup) {
        return lookup instanceof PullRequestLookup.Found(var pr) && pr.state().isOpen() ? answers.standing(pr.number())
                : Optional.empty();
    }

    private List<Dependency> dependencies(CatalogEntry entry) {
        return entry instanceof CatalogEntry.Valid(var task) ? overview.references().dependencies(task) : List.of();
    }
}
