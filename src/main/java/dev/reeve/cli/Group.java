package dev.reeve.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others: called by itself it says which. */
abstract class Group implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(),
                    spec.qualifiedName() + " needs one of: " + String.join(", ", spec.subcommands().keySet()));
        }
    }
}
