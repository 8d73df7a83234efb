package dev.tombolo;

import java.util.List;

/** The request is wrong in itself; the message says how. */
public final class InvalidArgumentException extends TomboloException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public InvalidArgumentException(String message, List<ErrorDetail> details) {
        super(StatusCode.INVALID_ARGUMENT, message, details);
    }
}
