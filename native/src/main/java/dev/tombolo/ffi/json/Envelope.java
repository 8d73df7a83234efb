package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a call: {@code {"result": ...}} or {@code {"error": {"code": ..., "message": ..., "details":
 * [...]}}}. Members that aren't known are skipped.
 */
public final class Envelope {
    private static final byte[] RESULT = "result".getBytes(UTF_8);
    private static final byte[] ERROR = "error".getBytes(UTF_8);
    private static final byte[] CODE = "code".getBytes(UTF_8);
    private static final byte[] MESSAGE = "message".getBytes(UTF_8);
    private static final byte[] DETAILS = "details".getBytes(UTF_8);

    private final JsonScanner in;
    private final JsonReader reader;

    private Envelope(byte[] answer, TypeResolver types) {
        in = new JsonScanner(answer);
        reader = new JsonReader(in, types);
    }

    /**
     * What an answer says of a failed call.
     *
     * @param code the name of a google.rpc.Code, such as NOT_FOUND
     * @param message what happened, in English; may be empty
     * @param details typed facts; one of a type that the resolver doesn't know has an empty value
     */
    public record Failure(String code, String message, List<Any> details) {
        /** Keeps a copy of the details. */
        public Failure {
            details = List.copyOf(details);
        }
    }

    /**
     * Reads an answer from memory that is only read during the call.
     *
     * @param answer the JSON in UTF-8, without a zero byte at its end
     * @param result what a result is merged into; unchanged in all other cases
     * @param types the types that an Any may hold
     * @return the failure, or null if the call had a result
     * @throws JsonException if the answer is neither
     */
    public static @Nullable Failure read(MemorySegment answer, Message.Builder result, TypeResolver types) {
        return read(answer.toArray(ValueLayout.JAVA_BYTE), result, types);
    }

    /** Reads an answer, as {@link #read(MemorySegment, Message.Builder, TypeResolver)}, from an array. */
    public static @Nullable Failure read(byte[] answer, Message.Builder result, TypeResolver types) {
        return new Envelope(answer, types).read(result);
    }

    private @Nullable Failure read(Message.Builder result) {
        in.open('{');
        boolean found = false;
        Failure failure = null;
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            boolean isResult = in.textIs(RESULT);
            if (!isResult && !in.textIs(ERROR)) {
                in.skip(JsonReader.MAX_DEPTH);
                continue;
            }
            if (found) {
                throw new JsonException(start, "the answer has more than one result or error");
            }
            found = true;
            try {
                if (isResult) {
                    reader.message(MessagePlan.of(result.getDescriptorForType()), JsonReader.MAX_DEPTH);
                } else {
                    failure = failure();
                }
            } catch (JsonException e) {
                throw e.within(isResult ? "result" : "error");
            }
        }
        if (!found) {
            throw in.fail("the answer has neither result nor error");
        }
        in.end();
        if (failure == null) {
            reader.mergeInto(result);
        }
        return failure;
    }

    private Failure failure() {
        in.open('{');
        String code = null;
        String message = null;
        List<Any> details = null;
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            boolean twice = false;
            if (in.textIs(CODE)) {
                twice = code != null;
                in.string("the name of a code");
                code = in.textString();
            } else if (in.textIs(MESSAGE)) {
                twice = message != null;
                in.string("a text");
                message = in.textString();
            } else if (in.textIs(DETAILS)) {
                twice = details != null;
                details = details();
            } else {
                in.skip(JsonReader.MAX_DEPTH);
            }
            if (twice) {
                throw new JsonException(start, "a member is given twice");
            }
        }
        if (code == null) {
            throw in.fail("the error has no code");
        }
        return new Failure(code, message == null ? "" : message, details == null ? List.of() : details);
    }

    private List<Any> details() {
        in.open('[');
        MessagePlan plan = MessagePlan.of(Any.getDescriptor());
        List<Any> details = new ArrayList<>();
        while (in.more(']', details.isEmpty())) {
            try {
                reader.message(plan, JsonReader.MAX_DEPTH);
            } catch (JsonException e) {
                throw e.within("[" + details.size() + "]").within("details");
            }
            Any.Builder detail = Any.newBuilder();
            reader.mergeInto(detail);
            details.add(detail.build());
        }
        return details;
    }
}
