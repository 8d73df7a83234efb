package dev.tombolo.ffi.json;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.tombolo.proto.technology.v1.Category;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Fills messages of any type with what JSON can say, the same for the same seed. */
final class RandomMessages {
    private static final String[] LETTERS = {
        "a", "b", " ", ",", ":", "{", "]", "\"", "\\", "/", "\b", "\f", "\n", "\r", "\t", "\0", "\u001f", "\u007f", "ä",
        "€", "\u2028", "\ufffd", "\uffff", "😀"
    };
    private static final long[] INTEGERS = {
        0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF_FFFFL, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] DOUBLES = {
        0,
        1,
        -1.5,
        1e21,
        1e-7,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Float.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private final Random random;

    RandomMessages(long seed) {
        random = new Random(seed);
    }

    /** Sets about one of {@code sparse} fields, and fewer the deeper it gets. */
    <B extends Message.Builder> B fill(B builder, int sparse) {
        if (fillKnown(builder)) {
            return builder;
        }
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (random.nextInt(sparse) != 0) {
                continue;
            }
            if (field.isMapField()) {
                addEntries(builder, field, sparse);
            } else if (field.isRepeated()) {
                for (int count = random.nextInt(4); count > 0; count--) {
                    builder.addRepeatedField(field, value(builder, field, sparse));
                }
            } else {
                builder.setField(field, value(builder, field, sparse));
            }
        }
        return builder;
    }

    private void addEntries(Message.Builder builder, FieldDescriptor field, int sparse) {
        Set<Object> keys = new HashSet<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            Message.Builder entry = builder.newBuilderForField(field);
            FieldDescriptor keyField = entry.getDescriptorForType().findFieldByNumber(1);
            FieldDescriptor valueField = entry.getDescriptorForType().findFieldByNumber(2);
            Object key = value(entry, keyField, sparse);
            if (keys.add(key)) {
                entry.setField(keyField, key).setField(valueField, value(entry, valueField, sparse));
                builder.addRepeatedField(field, entry.build());
            }
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int sparse) {
        return switch (field.getJavaType()) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) integer();
            case LONG -> integer();
            // No negative zero, which is what a tiny number may become here: JsonFormat loses the sign.
            case FLOAT -> (float) floating() + 0.0f;
            case DOUBLE -> floating();
            case STRING -> text();
            case BYTE_STRING -> ByteString.copyFromUtf8(text());
            case ENUM ->
                field.getEnumType().getFullName().equals("google.protobuf.NullValue")
                        ? NullValue.NULL_VALUE.getValueDescriptor()
                        : field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(4) - 1);
            case MESSAGE -> fill(builder.newBuilderForField(field), sparse * 4).build();
        };
    }

    private long integer() {
        return random.nextInt(3) == 0
                ? INTEGERS[random.nextInt(INTEGERS.length)]
                : random.nextLong() >>> random.nextInt(64);
    }

    private double floating() {
        return random.nextInt(3) == 0
                ? Double.longBitsToDouble(random.nextLong())
                : DOUBLES[random.nextInt(DOUBLES.length)];
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(30); count > 0; count--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    /** Fills a well-known type that doesn't allow every combination of fields. */
    private boolean fillKnown(Message.Builder builder) {
        Message value = switch (builder.getDescriptorForType().getFullName()) {
            case "google.protobuf.Timestamp" ->
                Timestamp.newBuilder()
                        .setSeconds(random.nextLong(-62_135_596_800L, 253_402_300_800L))
                        .setNanos(random.nextInt(1000) * (random.nextBoolean() ? 1000 : 1_000_000))
                        .build();
            case "google.protobuf.Duration" ->
                Duration.newBuilder()
                        .setSeconds(-random.nextLong(315_576_000_000L))
                        .setNanos(-random.nextInt(1_000_000_000))
                        .build();
            case "google.protobuf.FieldMask" ->
                FieldMask.newBuilder()
                        .addPaths("one_int32")
                        .addPaths("one_kinds.named")
                        .build();
            case "google.protobuf.Struct" -> object(3);
            case "google.protobuf.ListValue" ->
                ListValue.newBuilder().addValues(json(2)).addValues(json(2)).build();
            case "google.protobuf.Value" -> json(3);
            case "google.protobuf.Any" -> any();
            default -> null;
        };
        if (value == null) {
            return false;
        }
        try {
            builder.mergeFrom(value.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    private Any any() {
        return switch (random.nextInt(3)) {
            case 0 -> Any.pack(Category.newBuilder().setId(7).setName(text()).build());
            case 1 -> Any.pack(Duration.newBuilder().setNanos(1500).build());
            default -> Any.pack(object(1));
        };
    }

    private Struct object(int depth) {
        Struct.Builder object = Struct.newBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            object.putFields(i + text(), json(depth - 1));
        }
        return object.build();
    }

    private Value json(int depth) {
        Value.Builder value = Value.newBuilder();
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> value.setNullValue(NullValue.NULL_VALUE).build();
            case 1 -> value.setBoolValue(random.nextBoolean()).build();
            case 2 -> value.setNumberValue(random.nextInt(1000) / 8.0).build();
            case 3 -> value.setStringValue(text()).build();
            case 4 -> value.setStructValue(object(depth)).build();
            default ->
                value.setListValue(ListValue.newBuilder().addValues(json(depth - 1)))
                        .build();
        };
    }
}
