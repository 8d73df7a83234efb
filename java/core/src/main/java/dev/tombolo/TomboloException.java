package dev.tombolo;

import java.util.List;

/**
 * A call that failed, or a library that couldn't be brought up. The message says what happened and what to do; the code
 * says what kind of error it is. Both are the same in every {@link Mode}.
 *
 * <p>Kinds that callers often treat in a way of their own have a subclass: {@link InvalidArgumentException},
 * {@link DeadlineExceededException}, {@link CallCancelledException}, {@link ResourceExhaustedException} and
 * {@link UnavailableException}.
 */
public class TomboloException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final StatusCode code;
    private final transient List<ErrorDetail> details;

    /** Creates an exception; for tombolo's own modules and for tests of callers. */
    public TomboloException(StatusCode code, String message, List<ErrorDetail> details) {
        super(message);
        this.code = code;
        this.details = List.copyOf(details);
    }

    /** Returns the exception for a code: of the subclass, where the code has one. */
    public static TomboloException of(StatusCode code, String message, List<ErrorDetail> details) {
        return switch (code) {
            case INVALID_ARGUMENT -> new InvalidArgumentException(message, details);
            case DEADLINE_EXCEEDED -> new DeadlineExceededException(message, details);
            case CANCELLED -> new CallCancelledException(message, details);
            case RESOURCE_EXHAUSTED -> new ResourceExhaustedException(message, details);
            case UNAVAILABLE -> new UnavailableException(message, details);
            default -> new TomboloException(code, message, details);
        };
    }

    /** Returns what kind of error it is; never {@link StatusCode#OK}. */
    public StatusCode code() {
        return code;
    }

    /** Returns typed facts about the error; often none, and none after serialization. */
    public List<ErrorDetail> details() {
        return details == null ? List.of() : details;
    }

    /**
     * Returns whether the same call may succeed later: true for {@link StatusCode#UNAVAILABLE},
     * {@link StatusCode#RESOURCE_EXHAUSTED} without a size that is over its limit, and {@link StatusCode#ABORTED}.
     */
    public boolean isRetryable() {
        return switch (code) {
            case UNAVAILABLE, ABORTED -> true;
            case RESOURCE_EXHAUSTED ->
                details().stream().noneMatch(detail -> detail.type().equals("tombolo.runtime.v1.LimitExceeded"));
            default -> false;
        };
    }
}
