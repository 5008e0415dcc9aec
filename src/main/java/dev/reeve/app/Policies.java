package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.ReconcilePolicy.Worktrees;
import dev.reeve.model.BranchName;
import dev.reeve.model.Owners;
import dev.reeve.model.Pass;
import dev.reeve.model.Publish;
import dev.reeve.reconcile.CloneTip;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a pass goes by, from what the team has configured. */
final class Policies {

    private Policies() {}

    /**
     * The server's. It never writes into anybody's working tree, so where a team's operators do that, it pushes.
     */
    static ReconcilePolicy ofServer(CloneTip tip, Instant now) {
        var team = tip.configuration();
        var publish = switch (team.publishOfServer()) {
            case NONE -> Publish.NONE;
            case WORKTREE, PUSH -> Publish.PUSH;
            case PULL_REQUEST -> Publish.PULL_REQUEST;
        };
        return new ReconcilePolicy(now, tip.branch(), team.heartbeat().idle(), team.reconcile().worktreeRetention(),
                team.owners(), publish,
                Worktrees.LEFT_ALONE);
    }

    /** A heartbeat's. */
    static HeartbeatPolicy ofHeartbeat(TeamConfiguration team, AgentConfiguration agent, BranchName branch,
            Optional<Duration> idle, Instant now) {
        var dispatch = agent.dispatch();
        var limits = new HeartbeatPolicy.Limits(dispatch.retryCooldown(), dispatch.maxAttempts(),
                dispatch.maxWorkers(), dispatch.maxInReview(), dispatch.maxPerCycle());
        return new HeartbeatPolicy(agent.owner(), ofOperator(team, agent.owners(), branch, idle, now),
                team.heartbeat().pickupOverdue(), team.heartbeat().stall(), limits, off(team, agent));
    }

    /** Who asks GitHub nothing has switched off the pass that asks it, which is no failure and says nothing. */
    private static Set<Pass> off(TeamConfiguration team, AgentConfiguration agent) {
        var off = EnumSet.noneOf(Pass.class);
        off.addAll(team.heartbeat().off());
        switch (agent.pullRequestChecks()) {
            case OFF -> off.add(Pass.PR_ATTENTION);
            case ON -> {
            }
        }
        return off;
    }

    /** An operator's. */
    static ReconcilePolicy ofOperator(TeamConfiguration team, Owners owners, BranchName branch, Optional<Duration> idle,
            Instant now) {
        return new ReconcilePolicy(now, branch, idle.orElse(team.heartbeat().idle()),
                team.reconcile().worktreeRetention(), owners,
                ofOperator(team.publishOfAgent()), Worktrees.REMOVED_WHEN_DONE);
    }

    /** The bookkeeping pull request is the server's: to an operator it is somebody else who completes tasks. */
    private static Publish ofOperator(Publish publish) {
        return switch (publish) {
            case NONE, PULL_REQUEST -> Publish.NONE;
            case WORKTREE -> Publish.WORKTREE;
            case PUSH -> Publish.PUSH;
        };
    }
}
