package dev.reeve.api;

/** Ends a call with a problem. */
final class RefusedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reply.Problem problem;

    RefusedCall(int status, String detail) {
        super(detail, null, false, false);
        this.problem = new Reply.Problem(status, detail);
    }

    private RefusedCall(Reply.Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** The database could not be written; what was done before that stays done. */
    static RefusedCall notDurable(String done) {
        return new RefusedCall(
                new Reply.Problem(503, "the database could not be written, so " + done + ": try again", 5L));
    }

    /** What is asked for isn't there. */
    static RefusedCall absent(String detail) {
        return new RefusedCall(404, detail);
    }

    /** The call is understood and makes no sense. */
    static RefusedCall senseless(String detail) {
        return new RefusedCall(422, detail);
    }

    Reply.Problem problem() {
        return problem;
    }
}
