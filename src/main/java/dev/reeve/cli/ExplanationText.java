package dev.reeve.cli;

import dev.reeve.cli.Table.Cell;
import dev.reeve.decide.Explanation;
import dev.reeve.decide.Explanation.Advice;
import dev.reeve.decide.Explanation.Fact;
import dev.reeve.decide.Explanation.Rule;
import dev.reeve.decide.Explanation.Verdict;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.Severity;
import dev.reeve.model.Text;

import java.io.PrintWriter;
import java.util.List;

/** Why a task is where it is, for people: first where, then what is known, then what can be done. */
final class ExplanationText {

    private static final int LONGEST = 500;

    private final PrintWriter out;
    private final Paint paint;

    ExplanationText(Console console) {
        this.out = console.out();
        this.paint = console.paint();
    }

    void print(Explanation explanation) {
        explanation.rules()
                .stream()
                .filter(rule -> rule.verdict() == Verdict.DECIDES)
                .forEach(rule -> out.println(paint.strong(explanation.slug().value()) + " "
                        + paint.strong(rule.bucket().id()) + ": " + plain(String.valueOf(rule.reason()))));
        facts("Task", explanation.intent());
        facts("Run", explanation.run());
        facts("Pull request", explanation.pullRequest());
        rules(explanation.rules());
        dispatch(explanation.dispatch());
        advice(explanation.advice());
    }

    private void facts(String title, List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        title(title);
        var table = new Table("  ");
        facts.forEach(fact -> table.row(new Cell(fact.name(), paint::faint), Cell.of(fact.value())));
        table.print(out);
    }

    private void rules(List<Rule> rules) {
        title("Rules, the first that holds decides");
        var table = new Table("  ");
        rules.forEach(rule -> table.row(mark(rule.verdict()), Cell.of(rule.bucket().id()), Cell.of(rule.words())));
        table.print(out);
    }

    private Cell mark(Verdict verdict) {
        return switch (verdict) {
            case DECIDES -> new Cell("yes", paint::good);
            case DOES_NOT_HOLD -> new Cell("no", paint::faint);
            case NOT_ASKED -> new Cell("-", paint::faint);
        };
    }

    private void dispatch(Dispatchability dispatch) {
        title("Dispatch");
        out.println("  " + switch (dispatch) {
            case Dispatchability.Dispatchable(var since) -> "a worker may be started, since " + since;
            case Dispatchability.NotDispatchable(var reason) -> "no worker is started: " + plain(reason);
        });
    }

    private void advice(List<Advice> all) {
        if (all.isEmpty()) {
            return;
        }
        title("Signals");
        for (var advice : all) {
            var signal = advice.signal();
            var kind = signal.severity() == Severity.ATTENTION ? paint.warning(signal.kind().id())
                    : paint.faint(signal.kind().id());
            out.println("  " + kind + "  " + (signal.place() == null ? "" : signal.place() + ": ")
                    + plain(signal.message()));
            out.println("    -> " + plain(advice.remedy()));
        }
    }

    private void title(String text) {
        out.println();
        out.println(paint.strong(text));
    }

    private static String plain(String text) {
        return Text.plain(text, LONGEST);
    }
}
