package dev.tombolo.transport;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.tombolo.StatusCode;
import java.util.List;

/** How a call ended. */
public sealed interface Answer {
    /**
     * The call succeeded.
     *
     * @param message the response
     */
    record Success(Message message) implements Answer {}

    /**
     * The call failed.
     *
     * @param code what kind of error; never {@link StatusCode#OK}
     * @param message what happened and what to do
     * @param details typed facts
     */
    record Failure(StatusCode code, String message, List<Any> details) implements Answer {
        /** A failure without details. */
        public static Failure of(StatusCode code, String message) {
            return new Failure(code, message, List.of());
        }

        /** The failure of a call whose thread was interrupted, in the words that Go has for it. */
        public static Failure cancelled(String method) {
            return of(StatusCode.CANCELLED, method + " was cancelled by its caller");
        }

        /** The failure of a call whose time ran out, in the words that Go has for it. */
        public static Failure deadlineExceeded(String method) {
            return of(
                    StatusCode.DEADLINE_EXCEEDED,
                    method + " didn't finish within its time limit; allow it more time or give it less to do");
        }

        /** The failure of a call that was in flight when the last Tombolo of its runtime was closed. */
        public static Failure closed(String method) {
            return of(StatusCode.CANCELLED, method + " ended because its Tombolo was closed");
        }
    }
}
