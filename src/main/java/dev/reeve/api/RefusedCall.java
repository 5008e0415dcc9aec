package dev.reeve.api;

/** Ends a call with a problem. */
final class RefusedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reply.Problem problem;

    RefusedCall(int status, String detail) {
        super(detail, null, false, false);
        this.problem = new Reply.Problem(status, detail);
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
