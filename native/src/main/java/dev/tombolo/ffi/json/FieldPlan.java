package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.WireFormat;
import dev.tombolo.proto.options.v1.OptionsProto;
import org.jspecify.annotations.Nullable;

/** What reading and writing needs to know of a field. Immutable but for caches that are safe to race. */
final class FieldPlan {
    final String name;
    final byte[] protoName;
    final byte[] jsonName;
    /** The JSON name with its quotes and the colon after it. */
    final byte[] key;

    final int number;
    final FieldDescriptor.Type type;
    final boolean repeated;
    final boolean map;
    /** Whether a list of the field is one run of bytes on the wire. */
    final boolean packed;
    /** The wire type of one value. */
    final int wireType;
    /** The number and the wire type of one value, as they stand on the wire. */
    final int tag;
    /** How many bytes the tag takes. */
    final int tagLength;
    /** The field's place in a set of what was seen. */
    final int slot;
    /** The place of the field's oneof in that set, or -1 outside of a oneof. */
    final int oneofSlot;
    /** Whether the field can be absent, so that its default isn't the same as being absent. */
    final boolean presence;
    /** Whether strings that start with "@" are references to attachments. */
    final boolean attachment;
    /** Whether null is a value of the field instead of its absence. */
    final boolean nullIsValue;

    final @Nullable EnumDescriptor enumType;
    private final @Nullable Descriptor messageType;
    private @Nullable MessagePlan message;

    FieldPlan(FieldDescriptor field, int fieldCount) {
        name = field.getName();
        protoName = field.getName().getBytes(UTF_8);
        jsonName = field.getJsonName().getBytes(UTF_8);
        ByteSink quoted = new ByteSink(jsonName.length + 3);
        JsonStrings.put(quoted, jsonName, 0, jsonName.length);
        quoted.put(':');
        key = quoted.toArray();
        number = field.getNumber();
        type = field.getType();
        map = field.isMapField();
        repeated = field.isRepeated();
        packed = field.isPacked();
        wireType = wireType(type);
        tag = number << 3 | wireType;
        tagLength = CodedOutputStream.computeTagSize(number);
        slot = field.getIndex();
        OneofDescriptor oneof = field.getContainingOneof();
        oneofSlot = oneof == null ? -1 : fieldCount + oneof.getIndex();
        presence = field.hasPresence();
        attachment = type == FieldDescriptor.Type.BYTES && field.getOptions().getExtension(OptionsProto.attachment);
        enumType = type == FieldDescriptor.Type.ENUM ? field.getEnumType() : null;
        messageType = type == FieldDescriptor.Type.MESSAGE ? field.getMessageType() : null;
        nullIsValue = (messageType != null && KnownType.of(messageType) == KnownType.VALUE)
                || (enumType != null && isNullValue(enumType));
    }

    /** Tells whether a type is {@code google.protobuf.NullValue}, whose only value is written as null. */
    static boolean isNullValue(EnumDescriptor type) {
        return type.getFullName().equals("google.protobuf.NullValue");
    }

    /** The plan of the field's message type; only for fields that have one. It's made late, as types may be recursive. */
    MessagePlan message() {
        MessagePlan plan = message;
        if (plan == null) {
            if (messageType == null) {
                throw new JsonException(-1, "has a group, which proto3 lacks").within(name);
            }
            plan = MessagePlan.of(messageType);
            message = plan;
        }
        return plan;
    }

    /** Tells whether a tag announces a run of this field's values; it may also where such runs aren't our own way. */
    boolean isPackedTag(int tag) {
        return repeated
                && wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED
                && tag == (number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private static int wireType(FieldDescriptor.Type type) {
        return switch (type) {
            case DOUBLE, FIXED64, SFIXED64 -> WireFormat.WIRETYPE_FIXED64;
            case FLOAT, FIXED32, SFIXED32 -> WireFormat.WIRETYPE_FIXED32;
            case STRING, BYTES, MESSAGE -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
            case GROUP -> WireFormat.WIRETYPE_START_GROUP;
            case BOOL, INT32, INT64, UINT32, UINT64, SINT32, SINT64, ENUM -> WireFormat.WIRETYPE_VARINT;
        };
    }
}
