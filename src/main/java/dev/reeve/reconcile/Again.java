package dev.reeve.reconcile;

/** Whether trying again may help. */
public enum Again {
    /** It may work another time without anybody doing anything. */
    MAY_HELP,
    /** Somebody has to do something first. */
    NEEDS_A_PERSON
}
