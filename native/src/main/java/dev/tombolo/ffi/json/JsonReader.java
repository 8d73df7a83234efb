package dev.tombolo.ffi.json;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Reads messages from proto3 JSON.
 *
 * <p>The JSON is turned straight into the protobuf wire format, which the message's own parser then reads: no reflection
 * on message classes, no tree in between. Fields and enum names that aren't known are skipped, as the library may be
 * newer than its client. A {@code google.protobuf.Any} of a type that the resolver doesn't know keeps its type URL and
 * has an empty value.
 */
public final class JsonReader {
    /** How deep messages may nest. */
    static final int MAX_DEPTH = 100;

    /** The same in the wire format, where one level of a Struct is up to three. */
    private static final int MAX_WIRE_DEPTH = 4 * MAX_DEPTH;

    private final JsonScanner in;
    private final ByteSink out;
    private final KnownTypeReader known;

    JsonReader(JsonScanner in, TypeResolver types) {
        this.in = in;
        out = new ByteSink(in.data.length);
        known = new KnownTypeReader(this, in, out, types);
    }

    /**
     * Reads a message, as {@link #read(byte[], Message.Builder, TypeResolver)}, from memory that is only read during the
     * call.
     */
    public static void read(MemorySegment json, Message.Builder into, TypeResolver types) {
        read(json.toArray(ValueLayout.JAVA_BYTE), into, types);
    }

    /**
     * Reads a message.
     *
     * @param json one JSON value in UTF-8
     * @param into what the fields are merged into; unchanged after an error
     * @param types the types that an Any may hold
     * @throws JsonException if it's no JSON, or not that of the message
     */
    public static void read(byte[] json, Message.Builder into, TypeResolver types) {
        JsonScanner in = new JsonScanner(json);
        JsonReader reader = new JsonReader(in, types);
        reader.message(MessagePlan.of(into.getDescriptorForType()), MAX_DEPTH);
        in.end();
        reader.mergeInto(into);
    }

    /** Gives what was read since the start to a builder, and forgets it. */
    void mergeInto(Message.Builder into) {
        CodedInputStream wire = CodedInputStream.newInstance(out.array(), 0, out.size());
        wire.setRecursionLimit(MAX_WIRE_DEPTH);
        try {
            into.mergeFrom(wire);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.truncate(0);
    }

    /**
     * Reads one message.
     *
     * @param depth how many levels of messages may open, with this one
     */
    void message(MessagePlan plan, int depth) {
        if (depth <= 0) {
            throw in.fail("nested too deep");
        }
        if (plan.known != KnownType.NONE) {
            known.read(plan, depth - 1);
            return;
        }
        in.open('{');
        members(plan, depth - 1);
    }

    /** Reads the members of an object, whose bracket was taken, up to its end. */
    void members(MessagePlan plan, int depth) {
        long[] seen = new long[(plan.slots + 63) >>> 6];
        // Members mostly come in the order of the fields, so the next field is tried before looking it up.
        int next = 0;
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            FieldPlan field = next < plan.declared.length && in.textIs(plan.declared[next].jsonName)
                    ? plan.declared[next]
                    : plan.field(in.text, in.textStart, in.textEnd);
            if (field == null) {
                in.skip(depth);
                continue;
            }
            next = field.slot + 1;
            try {
                if (!add(seen, field.slot)) {
                    throw new JsonException(start, "is given twice");
                }
                field(field, seen, depth);
            } catch (JsonException e) {
                throw e.within(field.name);
            }
        }
    }

    /** Puts a slot into a set and tells whether it wasn't there yet. */
    private static boolean add(long[] seen, int slot) {
        long before = seen[slot >>> 6];
        seen[slot >>> 6] = before | 1L << slot;
        return seen[slot >>> 6] != before;
    }

    private void field(FieldPlan field, long[] seen, int depth) {
        if (in.peek() == 'n' && !field.nullIsValue) {
            in.literal("null");
        } else if (field.map) {
            map(field, depth);
        } else if (field.repeated) {
            list(field, depth);
        } else if (field.oneofSlot >= 0 && !add(seen, field.oneofSlot)) {
            throw in.fail("belongs to a oneof that is already set");
        } else {
            singular(field, depth);
        }
    }

    /** Reads the value of a field that is no list; writes nothing for a default that is the same as being absent. */
    void singular(FieldPlan field, int depth) {
        int before = out.size();
        if (single(field, depth) && !field.presence && out.isZero(before + field.tagLength)) {
            out.truncate(before);
        }
    }

    /** Reads one value and writes it with the field's tag; writes nothing for an enum's unknown name. */
    private boolean single(FieldPlan field, int depth) {
        int before = out.size();
        out.putVarint(field.tag);
        if (value(field, depth)) {
            return true;
        }
        out.truncate(before);
        return false;
    }

    private void list(FieldPlan field, int depth) {
        in.open('[');
        int before = out.size();
        int mark = 0;
        if (field.packed) {
            out.putVarint(field.number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
            mark = out.beginLength();
        }
        int index = 0;
        for (; in.more(']', index == 0); index++) {
            try {
                if (field.packed) {
                    value(field, depth);
                } else {
                    single(field, depth);
                }
            } catch (JsonException e) {
                throw e.within("[" + index + "]");
            }
        }
        if (field.packed) {
            if (out.size() == mark) {
                out.truncate(before);
            } else {
                out.endLength(mark);
            }
        }
    }

    private void map(FieldPlan field, int depth) {
        in.open('{');
        FieldPlan keys = field.message().numbered[0];
        FieldPlan values = field.message().numbered[1];
        Set<Object> seen = new HashSet<>();
        for (boolean first = true; in.more('}', first); first = false) {
            int start = in.pos;
            in.name();
            int before = out.size();
            out.putVarint(field.tag);
            int mark = out.beginLength();
            out.putVarint(keys.tag);
            Object key = key(keys.type, start);
            if (seen.contains(key)) {
                throw new JsonException(start, "is given twice").withinEntry(key);
            }
            try {
                if (single(values, depth)) {
                    out.endLength(mark);
                    seen.add(key);
                } else {
                    out.truncate(before);
                }
            } catch (JsonException e) {
                throw e.withinEntry(key);
            }
        }
    }

    /** Writes the key of a map from the name that was just read, and returns it. */
    private Object key(FieldDescriptor.Type type, int start) {
        try {
            return switch (type) {
                case STRING -> {
                    putText();
                    yield in.textString();
                }
                case BOOL -> {
                    boolean key = in.textString().equals("true");
                    if (!key && !in.textString().equals("false")) {
                        throw new NumberFormatException();
                    }
                    out.put(key ? 1 : 0);
                    yield key;
                }
                default -> {
                    long key = JsonNumbers.parseKey(in.text, in.textStart, in.textEnd, bits(type), isUnsigned(type));
                    putInteger(type, key);
                    yield key;
                }
            };
        } catch (NumberFormatException e) {
            throw new JsonException(start, "invalid " + nameOf(type) + " key");
        }
    }

    /** Reads one value and writes it without a tag; returns whether there was one to write. */
    private boolean value(FieldPlan field, int depth) {
        switch (field.type) {
            case MESSAGE -> {
                int mark = out.beginLength();
                message(field.message(), depth);
                out.endLength(mark);
            }
            case STRING -> {
                in.string("a string");
                putText();
            }
            case BYTES -> bytes();
            case BOOL -> bool();
            case ENUM -> {
                return enumValue(field);
            }
            case DOUBLE, FLOAT -> floating(field.type);
            case GROUP -> throw in.fail("is a group, which proto3 lacks");
            default -> integer(field.type);
        }
        return true;
    }

    private void putText() {
        out.putVarint(in.textEnd - in.textStart);
        out.put(in.text, in.textStart, in.textEnd);
    }

    private void bytes() {
        in.peek();
        int start = in.pos;
        in.string("a string");
        int mark = out.beginLength();
        if (!Base64Text.decode(out, in.text, in.textStart, in.textEnd)) {
            throw new JsonException(start, "not base64");
        }
        out.endLength(mark);
    }

    private void bool() {
        switch (in.peek()) {
            case 't' -> {
                in.literal("true");
                out.put(1);
            }
            case 'f' -> {
                in.literal("false");
                out.put(0);
            }
            default -> throw in.unexpected("true or false");
        }
    }

    private boolean enumValue(FieldPlan field) {
        var type = Objects.requireNonNull(field.enumType);
        switch (in.peek()) {
            case '"' -> {
                in.string("an enum");
                EnumValueDescriptor value = type.findValueByName(in.textString());
                if (value == null) {
                    return false;
                }
                out.putVarint(value.getNumber());
            }
            case 'n' -> {
                if (!FieldPlan.isNullValue(type)) {
                    throw in.unexpected("an enum's name or number");
                }
                in.literal("null");
                out.put(0);
            }
            // No number in quotes gets here: what is in quotes is a name.
            default -> integer(FieldDescriptor.Type.ENUM);
        }
        return true;
    }

    private void integer(FieldDescriptor.Type type) {
        in.peek();
        int start = in.pos;
        in.number();
        try {
            putInteger(type, JsonNumbers.parseInteger(in.text, in.textStart, in.textEnd, bits(type), isUnsigned(type)));
        } catch (NumberFormatException e) {
            throw new JsonException(start, "not a value of " + nameOf(type));
        }
    }

    private void putInteger(FieldDescriptor.Type type, long value) {
        switch (type) {
            case FIXED32, SFIXED32 -> out.putFixed(value, 4);
            case FIXED64, SFIXED64 -> out.putFixed(value, 8);
            case SINT32, SINT64 -> out.putVarint(CodedOutputStream.encodeZigZag64(value));
            default -> out.putVarint(value);
        }
    }

    private void floating(FieldDescriptor.Type type) {
        in.peek();
        int start = in.pos;
        boolean quoted = in.number();
        try {
            if (type == FieldDescriptor.Type.DOUBLE) {
                double value = JsonNumbers.parseDouble(in.text, in.textStart, in.textEnd, quoted);
                out.putFixed(Double.doubleToRawLongBits(value), 8);
            } else {
                float value = JsonNumbers.parseFloat(in.text, in.textStart, in.textEnd, quoted);
                out.putFixed(Float.floatToRawIntBits(value), 4);
            }
        } catch (NumberFormatException e) {
            throw new JsonException(start, "not a value of " + nameOf(type));
        }
    }

    private static String nameOf(FieldDescriptor.Type type) {
        return type.toProto().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    }

    private static int bits(FieldDescriptor.Type type) {
        return switch (type) {
            case INT64, UINT64, SINT64, FIXED64, SFIXED64 -> 64;
            default -> 32;
        };
    }

    private static boolean isUnsigned(FieldDescriptor.Type type) {
        return switch (type) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }
}
