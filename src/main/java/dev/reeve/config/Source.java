package dev.reeve.config;

import dev.reeve.model.Place;

/** Where a configured value comes from, or would have to. Prints as people look for it. */
public sealed interface Source {

    /** A place in a YAML file. */
    record InFile(Place place) implements Source {
        @Override
        public String toString() {
            return place.toString();
        }
    }

    /** An environment variable. */
    record Variable(String name) implements Source {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A command line flag. */
    record Flag(String name) implements Source {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A key of git's own configuration. */
    record OfGit(String key) implements Source {
        @Override
        public String toString() {
            return "git config " + key;
        }
    }

    /** Settings that come with a program that was chosen as worker. */
    record ReadyMade(String choice) implements Source {
        @Override
        public String toString() {
            return choice;
        }
    }

    /** The built-in default. */
    record BuiltIn() implements Source {
        @Override
        public String toString() {
            return "default";
        }
    }
}
