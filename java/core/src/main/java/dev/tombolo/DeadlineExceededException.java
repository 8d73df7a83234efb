package dev.tombolo;

import java.util.List;

/** The call's time ran out before it had an answer. */
public final class DeadlineExceededException extends TomboloException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public DeadlineExceededException(String message, List<ErrorDetail> details) {
        super(StatusCode.DEADLINE_EXCEEDED, message, details);
    }
}
