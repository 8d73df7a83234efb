package dev.tombolo;

/**
 * What kind of error a call failed with.
 *
 * @see <a href="https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto">google.rpc.Code, whose
 *     names and numbers these are</a>
 */
public enum StatusCode {
    /** No error; a failed call never has it. */
    OK,
    /** The caller cancelled the call. */
    CANCELLED,
    /** An error that says nothing of its kind. */
    UNKNOWN,
    /** The request is wrong in itself; it will fail whenever it is sent. */
    INVALID_ARGUMENT,
    /** The call's time ran out. */
    DEADLINE_EXCEEDED,
    /** What the request names doesn't exist. */
    NOT_FOUND,
    /** What the request would make exists. */
    ALREADY_EXISTS,
    /** The caller may not do this. */
    PERMISSION_DENIED,
    /** A limit is reached: of size, number or memory. */
    RESOURCE_EXHAUSTED,
    /** The library isn't in a state in which this can be done. */
    FAILED_PRECONDITION,
    /** The call collided with another one. */
    ABORTED,
    /** The request goes beyond a valid range. */
    OUT_OF_RANGE,
    /** The library has no such method. */
    UNIMPLEMENTED,
    /** A bug in the library, such as a panic. */
    INTERNAL,
    /** The library can't be reached now; the call may be repeated. */
    UNAVAILABLE,
    /** Data was lost for good. */
    DATA_LOSS,
    /** The caller didn't prove who it is. */
    UNAUTHENTICATED;

    private static final StatusCode[] BY_NUMBER = values();

    /** Returns the number in google.rpc.Code, 0 to 16. */
    public int number() {
        return ordinal();
    }

    /** Returns the code of a number; {@link #UNKNOWN} for one that google.rpc.Code doesn't have. */
    public static StatusCode of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Returns the code of a name in google.rpc.Code; {@link #UNKNOWN} for any other. */
    public static StatusCode of(String name) {
        for (StatusCode code : BY_NUMBER) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return UNKNOWN;
    }
}
