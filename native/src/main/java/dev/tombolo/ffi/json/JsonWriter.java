package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as proto3 JSON in UTF-8.
 *
 * <p>The message's own code writes the protobuf wire format, which is turned straight into JSON: no reflection on message
 * classes. Fields come in the order of their numbers. A field with the option {@code tombolo.options.v1.attachment}
 * holds a reference, such as "@0", which is written as it is instead of as base64. A char of a string that is half of a
 * character is written as a question mark, as in the wire format.
 */
public final class JsonWriter {
    private final WireScanner in;
    private final ByteSink out;
    private final KnownTypeWriter known;

    JsonWriter(byte[] wire, ByteSink out, TypeResolver types) {
        in = new WireScanner(wire);
        this.out = out;
        known = new KnownTypeWriter(this, in, out, types);
    }

    /**
     * Writes a message.
     *
     * @param types the types that an Any may hold
     * @throws JsonException if JSON can't say it: an Any of another type, or a well-known type out of its range
     */
    public static byte[] write(Message message, TypeResolver types) {
        return toSink(message, types).toArray();
    }

    /** Writes a message, as {@link #write}, as a string that ends with a zero byte. */
    public static MemorySegment writeCString(Message message, TypeResolver types, SegmentAllocator allocator) {
        ByteSink json = toSink(message, types);
        json.put(0);
        MemorySegment content = MemorySegment.ofArray(json.array());
        return allocator.allocateFrom(ValueLayout.JAVA_BYTE, content, ValueLayout.JAVA_BYTE, 0, json.size());
    }

    private static ByteSink toSink(Message message, TypeResolver types) {
        byte[] wire = message.toByteArray();
        // Names and quotes go on top of the content.
        ByteSink out = new ByteSink(wire.length + wire.length / 2);
        new JsonWriter(wire, out, types).message(MessagePlan.of(message.getDescriptorForType()), wire.length);
        return out;
    }

    /** Writes the message whose wire format starts at the position and ends at a given one. */
    void message(MessagePlan plan, int end) {
        if (plan.known != KnownType.NONE) {
            known.write(plan, end);
            return;
        }
        out.put('{');
        members(plan, end, true);
        out.put('}');
    }

    /**
     * Writes the members of an object.
     *
     * @param first whether the object has no member yet
     */
    void members(MessagePlan plan, int end, boolean first) {
        boolean empty = first;
        // The list or map that is being written: its values follow each other on the wire.
        FieldPlan open = null;
        int next = 0;
        while (in.pos < end) {
            int tag = (int) in.varint();
            int index = plan.indexOf(tag >>> 3, next);
            if (index < 0) {
                in.skip(tag);
                continue;
            }
            next = index;
            FieldPlan field = plan.numbered[index];
            boolean packed = field.isPackedTag(tag);
            if (tag != field.tag && !packed) {
                in.skip(tag);
                continue;
            }
            if (field == open) {
                out.put(',');
            } else {
                close(open);
                if (!empty) {
                    out.put(',');
                }
                empty = false;
                out.put(field.key);
                open = field.repeated ? field : null;
                if (field.repeated) {
                    out.put(field.map ? '{' : '[');
                }
            }
            try {
                if (packed) {
                    packed(field);
                } else if (field.map) {
                    entry(field);
                } else {
                    value(field);
                }
            } catch (JsonException e) {
                throw e.within(field.name);
            }
        }
        close(open);
    }

    private void close(@Nullable FieldPlan field) {
        if (field != null) {
            out.put(field.map ? '}' : ']');
        }
    }

    private void packed(FieldPlan field) {
        int end = in.partEnd();
        for (boolean first = true; in.pos < end; first = false) {
            if (!first) {
                out.put(',');
            }
            value(field);
        }
    }

    /** Writes an entry of a map. Either of its fields may be missing, and then has its default. */
    void entry(FieldPlan field) {
        int end = in.partEnd();
        FieldPlan[] fields = field.message().numbered;
        int key = find(fields[0], end);
        int value = find(fields[1], end);
        boolean quoted = fields[0].type != FieldDescriptor.Type.STRING && !isLong(fields[0].type);
        if (quoted) {
            out.put('"');
        }
        valueOrDefault(fields[0], key);
        if (quoted) {
            out.put('"');
        }
        out.put(':');
        valueOrDefault(fields[1], value);
        in.pos = end;
    }

    /** Returns where the value of a field starts, in a message from the position to the given end, or -1. */
    int find(FieldPlan field, int end) {
        int start = in.pos;
        int found = -1;
        while (in.pos < end) {
            int tag = (int) in.varint();
            if (tag == field.tag) {
                found = in.pos;
            }
            in.skip(tag);
        }
        in.pos = start;
        return found;
    }

    /** Writes the value at a position, or the field's default for -1. */
    void valueOrDefault(FieldPlan field, int at) {
        if (at >= 0) {
            in.pos = at;
            value(field);
            return;
        }
        switch (field.type) {
            case BOOL -> out.putAscii("false");
            case STRING, BYTES -> out.putAscii("\"\"");
            case DOUBLE -> number(0.0);
            case FLOAT -> number(0.0f);
            case ENUM -> enumValue(field, 0);
            case MESSAGE -> message(field.message(), in.pos);
            default -> integer(field.type, 0);
        }
    }

    /** Writes the value at the position. */
    void value(FieldPlan field) {
        switch (field.type) {
            case MESSAGE -> {
                int end = in.partEnd();
                message(field.message(), end);
                in.pos = end;
            }
            case STRING -> {
                int end = in.partEnd();
                JsonStrings.put(out, in.data, in.pos, end);
                in.pos = end;
            }
            case BYTES -> {
                int end = in.partEnd();
                bytes(field, end);
                in.pos = end;
            }
            case BOOL -> out.putAscii(in.varint() != 0 ? "true" : "false");
            case ENUM -> enumValue(field, (int) in.varint());
            case DOUBLE -> number(Double.longBitsToDouble(in.fixed(8)));
            case FLOAT -> number(Float.intBitsToFloat((int) in.fixed(4)));
            case SINT32, SINT64 -> integer(field.type, CodedInputStream.decodeZigZag64(in.varint()));
            case FIXED32, SFIXED32 -> integer(field.type, in.fixed(4));
            case FIXED64, SFIXED64 -> integer(field.type, in.fixed(8));
            default -> integer(field.type, in.varint());
        }
    }

    private void bytes(FieldPlan field, int end) {
        if (field.attachment) {
            JsonStrings.put(out, in.data, in.pos, end);
            return;
        }
        out.put('"');
        Base64Text.encode(out, in.data, in.pos, end);
        out.put('"');
    }

    private void enumValue(FieldPlan field, int number) {
        var type = Objects.requireNonNull(field.enumType);
        if (FieldPlan.isNullValue(type)) {
            out.putAscii("null");
            return;
        }
        EnumValueDescriptor value = type.findValueByNumber(number);
        if (value == null) {
            out.putAscii(Integer.toString(number));
        } else {
            out.put('"');
            out.putAscii(value.getName());
            out.put('"');
        }
    }

    /** Writes an integer; one of 64 bits goes in quotes, as JSON's readers tend to take numbers as doubles. */
    private void integer(FieldDescriptor.Type type, long value) {
        switch (type) {
            case INT32, SINT32, SFIXED32 -> out.putAscii(Integer.toString((int) value));
            case UINT32, FIXED32 -> out.putAscii(Integer.toUnsignedString((int) value));
            default -> {
                boolean unsigned = type == FieldDescriptor.Type.UINT64 || type == FieldDescriptor.Type.FIXED64;
                out.put('"');
                out.putAscii(unsigned ? Long.toUnsignedString(value) : Long.toString(value));
                out.put('"');
            }
        }
    }

    private static boolean isLong(FieldDescriptor.Type type) {
        return switch (type) {
            case INT64, UINT64, SINT64, FIXED64, SFIXED64 -> true;
            default -> false;
        };
    }

    private void number(double value) {
        number(Double.toString(value), Double.isFinite(value));
    }

    private void number(float value) {
        number(Float.toString(value), Float.isFinite(value));
    }

    private void number(String text, boolean finite) {
        String quote = finite ? "" : "\"";
        out.putAscii(quote + text + quote);
    }

    /** Writes a text as a JSON string. */
    void text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        JsonStrings.put(out, bytes, 0, bytes.length);
    }
}
