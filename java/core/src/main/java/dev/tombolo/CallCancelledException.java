package dev.tombolo;

import java.util.List;

/** The call was cancelled, for example because its thread was interrupted; the thread's interrupt flag is still set. */
public final class CallCancelledException extends TomboloException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public CallCancelledException(String message, List<ErrorDetail> details) {
        super(StatusCode.CANCELLED, message, details);
    }
}
