package dev.reeve.github;

/** What became of a repository that is known by a name. */
public sealed interface Whereabouts {

    /** It is there, by the name that it has now, and the App is installed on it. */
    record Here(RepositoryInfo repository, InstallationInfo installation) implements Whereabouts {}

    /** The App is installed there, but suspended, so that nothing can be learnt of the repository. */
    record Unknown(InstallationInfo installation) implements Whereabouts {}

    /** The App is not installed on it, or it doesn't exist. */
    record Gone() implements Whereabouts {}
}
