package dev.reeve.app;

import dev.reeve.inbox.QueueRunner;
import dev.reeve.intake.Intake;
import dev.reeve.work.Rehearsals;

/** What a server does as soon as an App is configured. */
record Working(Intake intake, QueueRunner runner, Rounds rounds, Rehearsals rehearsals) {}
