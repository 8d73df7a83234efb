package dev.tombolo;

import java.util.List;

/** The library can't be reached: it couldn't be loaded or started, or its sidecar ended during the call. */
public final class UnavailableException extends TomboloException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public UnavailableException(String message, List<ErrorDetail> details) {
        super(StatusCode.UNAVAILABLE, message, details);
    }
}
