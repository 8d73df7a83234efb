package dev.tombolo;

import java.util.List;

/** A limit is reached, such as the size of a request. */
public final class ResourceExhaustedException extends TomboloException {
    private static final long serialVersionUID = 1;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public ResourceExhaustedException(String message, List<ErrorDetail> details) {
        super(StatusCode.RESOURCE_EXHAUSTED, message, details);
    }
}
