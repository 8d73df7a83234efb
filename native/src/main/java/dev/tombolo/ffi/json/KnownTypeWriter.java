package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;

/** Writes the well-known types that have a JSON form of their own. */
final class KnownTypeWriter {
    private final JsonWriter messages;
    private final WireScanner in;
    private final ByteSink out;
    private final TypeResolver types;

    KnownTypeWriter(JsonWriter messages, WireScanner in, ByteSink out, TypeResolver types) {
        this.messages = messages;
        this.in = in;
        this.out = out;
        this.types = types;
    }

    /** Writes the message whose wire format starts at the position and ends at a given one. */
    void write(MessagePlan plan, int end) {
        switch (plan.known) {
            case ANY -> any(plan, end);
            case TIMESTAMP, DURATION -> time(plan, end);
            case FIELD_MASK -> fieldMask(plan, end);
            case STRUCT -> struct(plan, end);
            case VALUE -> value(plan, end);
            case LIST_VALUE -> listValue(plan, end);
            case WRAPPER -> messages.valueOrDefault(plan.declared[0], messages.find(plan.declared[0], end));
            case NONE -> throw new IllegalArgumentException(plan.descriptor.getFullName());
        }
    }

    private void time(MessagePlan plan, int end) {
        long seconds = varint(plan.declared[0], end);
        int nanos = (int) varint(plan.declared[1], end);
        TimeText.Time time = new TimeText.Time(seconds, nanos);
        String text = plan.known == KnownType.TIMESTAMP ? TimeText.timestamp(time) : TimeText.duration(time);
        if (text == null) {
            throw new JsonException(-1, "is a " + plan.descriptor.getFullName() + " out of range");
        }
        messages.text(text);
    }

    /** Returns the value of an integer's field, or 0 where it is missing. */
    private long varint(FieldPlan field, int end) {
        int start = in.pos;
        int found = messages.find(field, end);
        if (found < 0) {
            return 0;
        }
        in.pos = found;
        long value = in.varint();
        in.pos = start;
        return value;
    }

    private void fieldMask(MessagePlan plan, int end) {
        StringBuilder paths = new StringBuilder();
        while (in.pos < end) {
            int tag = (int) in.varint();
            if (tag != plan.declared[0].tag) {
                in.skip(tag);
                continue;
            }
            int partEnd = in.partEnd();
            String path = new String(in.data, in.pos, partEnd - in.pos, UTF_8);
            in.pos = partEnd;
            String json = FieldPaths.toJson(path);
            if (json == null) {
                throw new JsonException(-1, "has a path that JSON can't say: " + JsonException.excerpt(path));
            }
            paths.append(paths.isEmpty() ? "" : ",").append(json);
        }
        messages.text(paths.toString());
    }

    private void struct(MessagePlan plan, int end) {
        FieldPlan entries = plan.declared[0];
        out.put('{');
        boolean first = true;
        while (in.pos < end) {
            int tag = (int) in.varint();
            if (tag != entries.tag) {
                in.skip(tag);
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            messages.entry(entries);
        }
        out.put('}');
    }

    private void listValue(MessagePlan plan, int end) {
        FieldPlan values = plan.declared[0];
        out.put('[');
        boolean first = true;
        while (in.pos < end) {
            int tag = (int) in.varint();
            if (tag != values.tag) {
                in.skip(tag);
                continue;
            }
            if (!first) {
                out.put(',');
            }
            first = false;
            messages.value(values);
        }
        out.put(']');
    }

    private void value(MessagePlan plan, int end) {
        FieldPlan kind = null;
        while (in.pos < end && kind == null) {
            int tag = (int) in.varint();
            for (FieldPlan field : plan.declared) {
                if (field.tag == tag) {
                    kind = field;
                }
            }
            if (kind == null) {
                in.skip(tag);
            }
        }
        if (kind == null) {
            throw new JsonException(-1, "is a google.protobuf.Value without a kind");
        }
        int start = out.size();
        messages.value(kind);
        boolean number = kind.number == com.google.protobuf.Value.NUMBER_VALUE_FIELD_NUMBER;
        if (number && out.array()[start] == '"') {
            throw new JsonException(-1, "is a google.protobuf.Value that is no finite number");
        }
        in.pos = end;
    }

    private void any(MessagePlan plan, int end) {
        int urlAt = messages.find(plan.declared[0], end);
        int valueAt = messages.find(plan.declared[1], end);
        if (urlAt < 0 && valueAt < 0) {
            out.putAscii("{}");
            return;
        }
        String url = new String(part(urlAt), UTF_8);
        Descriptor type = types.find(url.substring(url.lastIndexOf('/') + 1));
        if (type == null) {
            throw new JsonException(-1, "is an Any of an unknown type, " + JsonException.excerpt(url));
        }
        out.putAscii("{\"@type\":");
        messages.text(url);
        MessagePlan content = MessagePlan.of(type);
        byte[] wire = canonical(type, part(valueAt));
        JsonWriter writer = new JsonWriter(wire, out, types);
        if (content.known == KnownType.NONE) {
            writer.members(content, wire.length, false);
        } else {
            out.putAscii(",\"value\":");
            writer.message(content, wire.length);
        }
        out.put('}');
    }

    /** Returns the bytes of the part at a position, or none for -1. */
    private byte[] part(int at) {
        if (at < 0) {
            return new byte[0];
        }
        int start = in.pos;
        in.pos = at;
        int end = in.partEnd();
        byte[] part = Arrays.copyOfRange(in.data, in.pos, end);
        in.pos = start;
        return part;
    }

    /** Gives a content that may be by any writer, with parts in any order, or be no message, the order of our own. */
    private static byte[] canonical(Descriptor type, byte[] wire) {
        try {
            return DynamicMessage.parseFrom(type, wire).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new JsonException(-1, "is an Any that holds no " + type.getFullName());
        }
    }
}
