package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the well-known types that have a JSON form of their own. */
final class KnownTypeReader {
    // Tags of the wire format: a field's number and its wire type.
    private static final int VARINT_1 = 1 << 3;
    private static final int VARINT_2 = 2 << 3;
    private static final int VARINT_4 = 4 << 3;
    private static final int DOUBLE_2 = 2 << 3 | 1;
    private static final int BYTES_1 = 1 << 3 | 2;
    private static final int BYTES_2 = 2 << 3 | 2;
    private static final int BYTES_3 = 3 << 3 | 2;
    private static final int BYTES_5 = 5 << 3 | 2;
    private static final int BYTES_6 = 6 << 3 | 2;

    private static final byte[] TYPE = "@type".getBytes(UTF_8);
    private static final byte[] VALUE = "value".getBytes(UTF_8);

    private final JsonReader messages;
    private final JsonScanner in;
    private final ByteSink out;
    private final TypeResolver types;

    KnownTypeReader(JsonReader messages, JsonScanner in, ByteSink out, TypeResolver types) {
        this.messages = messages;
        this.in = in;
        this.out = out;
        this.types = types;
    }

    /**
     * Reads one value and writes the content of its message.
     *
     * @param depth how many levels of messages may open in it
     */
    void read(MessagePlan plan, int depth) {
        switch (plan.known) {
            case ANY -> any(depth);
            case TIMESTAMP, DURATION -> time(plan);
            case FIELD_MASK -> fieldMask();
            case STRUCT -> struct(depth);
            case VALUE -> value(depth);
            case LIST_VALUE -> listValue(depth);
            case WRAPPER -> messages.singular(plan.declared[0], depth);
            case NONE -> throw new IllegalArgumentException(plan.descriptor.getFullName());
        }
    }

    private void time(MessagePlan plan) {
        in.peek();
        int start = in.pos;
        in.string("a string");
        TimeText.Time time = plan.known == KnownType.TIMESTAMP
                ? TimeText.parseTimestamp(in.text, in.textStart, in.textEnd)
                : TimeText.parseDuration(in.text, in.textStart, in.textEnd);
        if (time == null) {
            throw new JsonException(start, "invalid " + plan.descriptor.getFullName());
        }
        putUnlessZero(VARINT_1, time.seconds());
        putUnlessZero(VARINT_2, time.nanos());
    }

    private void putUnlessZero(int tag, long value) {
        if (value != 0) {
            out.putVarint(tag);
            out.putVarint(value);
        }
    }

    private void fieldMask() {
        in.peek();
        int start = in.pos;
        in.string("a string");
        String text = in.textString().strip();
        if (text.isEmpty()) {
            return;
        }
        for (String json : text.split(",", -1)) {
            String path = FieldPaths.fromJson(json);
            if (path == null) {
                throw new JsonException(start, "invalid path of a field: " + JsonException.excerpt(json));
            }
            byte[] bytes = path.getBytes(UTF_8);
            out.putVarint(BYTES_1);
            out.putVarint(bytes.length);
            out.put(bytes);
        }
    }

    private void struct(int depth) {
        in.open('{');
        Set<String> seen = new HashSet<>();
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            String key = in.textString();
            if (!seen.add(key)) {
                throw new JsonException(start, "is given twice").withinEntry(key);
            }
            out.putVarint(BYTES_1);
            int entry = out.beginLength();
            out.putVarint(BYTES_1);
            putText();
            nested(BYTES_2, depth);
            out.endLength(entry);
        }
    }

    private void listValue(int depth) {
        in.open('[');
        for (boolean first = true; in.more(']', first); first = false) {
            nested(BYTES_1, depth);
        }
    }

    /** Reads a Value inside of another message. */
    private void nested(int tag, int depth) {
        if (depth <= 0) {
            throw in.fail("nested too deep");
        }
        out.putVarint(tag);
        int mark = out.beginLength();
        value(depth - 1);
        out.endLength(mark);
    }

    private void value(int depth) {
        switch (in.peek()) {
            case 'n' -> {
                in.literal("null");
                out.putVarint(VARINT_1);
                out.put(0);
            }
            case 't' -> {
                in.literal("true");
                out.putVarint(VARINT_4);
                out.put(1);
            }
            case 'f' -> {
                in.literal("false");
                out.putVarint(VARINT_4);
                out.put(0);
            }
            case '"' -> {
                in.string("a string");
                out.putVarint(BYTES_3);
                putText();
            }
            case '{' -> {
                out.putVarint(BYTES_5);
                int mark = out.beginLength();
                struct(depth);
                out.endLength(mark);
            }
            case '[' -> {
                out.putVarint(BYTES_6);
                int mark = out.beginLength();
                listValue(depth);
                out.endLength(mark);
            }
            default -> number();
        }
    }

    private void number() {
        int start = in.pos;
        in.number();
        try {
            double value = JsonNumbers.parseDouble(in.text, in.textStart, in.textEnd, false);
            out.putVarint(DOUBLE_2);
            out.putFixed(Double.doubleToRawLongBits(value), 8);
        } catch (NumberFormatException e) {
            throw new JsonException(start, "not a value of double");
        }
    }

    private void putText() {
        out.putVarint(in.textEnd - in.textStart);
        out.put(in.text, in.textStart, in.textEnd);
    }

    private void any(int depth) {
        in.peek();
        int start = in.pos;
        String url = findType(depth);
        if (url == null) {
            return;
        }
        byte[] bytes = url.getBytes(UTF_8);
        out.putVarint(BYTES_1);
        out.putVarint(bytes.length);
        out.put(bytes);
        Descriptor type = types.find(url.substring(url.lastIndexOf('/') + 1));
        if (type == null) {
            return;
        }
        if (depth <= 0) {
            throw in.fail("nested too deep");
        }
        in.pos = start;
        out.putVarint(BYTES_2);
        int mark = out.beginLength();
        in.open('{');
        MessagePlan plan = MessagePlan.of(type);
        if (plan.known == KnownType.NONE) {
            // "@type" is skipped as a member that isn't known.
            messages.members(plan, depth - 1);
        } else {
            knownInAny(plan, depth);
        }
        out.endLength(mark);
    }

    /** Passes over an Any and returns its type URL, or null if it has none. */
    private @Nullable String findType(int depth) {
        in.open('{');
        String url = null;
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            if (!in.textIs(TYPE)) {
                in.skip(depth);
                continue;
            }
            if (url != null) {
                throw new JsonException(start, "@type is given twice");
            }
            in.string("a type URL");
            url = in.textString();
            if (url.isEmpty()) {
                throw new JsonException(start, "@type is empty");
            }
        }
        return url;
    }

    /** Reads the member "value" of an Any, which holds the JSON form of a well-known type. */
    private void knownInAny(MessagePlan plan, int depth) {
        boolean found = false;
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            if (!in.textIs(VALUE)) {
                in.skip(depth);
                continue;
            }
            if (found) {
                throw new JsonException(start, "value is given twice");
            }
            found = true;
            read(plan, depth);
        }
        if (!found) {
            throw in.fail("no value of " + plan.descriptor.getFullName());
        }
    }
}
