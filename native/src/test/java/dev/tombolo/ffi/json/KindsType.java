package dev.tombolo.ffi.json;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import dev.tombolo.proto.options.v1.OptionsProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The message type test.Kinds: each kind of field as a plain, optional and repeated one, in a oneof and as the value of a
 * map; maps with keys of each kind; and attachments.
 */
final class KindsType {
    private static final List<String> SCALARS = List.of(
            "double",
            "float",
            "int64",
            "uint64",
            "int32",
            "fixed64",
            "fixed32",
            "bool",
            "string",
            "bytes",
            "uint32",
            "sfixed32",
            "sfixed64",
            "sint32",
            "sint64");
    private static final List<String> TYPES = List.of(
            ".test.Color",
            ".test.Kinds",
            ".google.protobuf.Any",
            ".google.protobuf.Timestamp",
            ".google.protobuf.Duration",
            ".google.protobuf.FieldMask",
            ".google.protobuf.Struct",
            ".google.protobuf.Value",
            ".google.protobuf.ListValue",
            ".google.protobuf.NullValue",
            ".google.protobuf.Empty",
            ".google.protobuf.BoolValue",
            ".google.protobuf.Int32Value",
            ".google.protobuf.Int64Value",
            ".google.protobuf.UInt32Value",
            ".google.protobuf.UInt64Value",
            ".google.protobuf.FloatValue",
            ".google.protobuf.DoubleValue",
            ".google.protobuf.StringValue",
            ".google.protobuf.BytesValue");

    static final Descriptor DESCRIPTOR = new KindsType().build();

    private final DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Kinds");

    private KindsType() {}

    static DynamicMessage.Builder newBuilder() {
        return DynamicMessage.newBuilder(DESCRIPTOR);
    }

    private Descriptor build() {
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"));
        List<String> all = new ArrayList<>(SCALARS);
        all.addAll(TYPES);
        for (String type : all) {
            String word = type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            message.addField(field("one_" + word, type));
            message.addField(field("many_" + word, type).setLabel(Label.LABEL_REPEATED));
            message.addField(field("choice_" + word, type).setOneofIndex(0));
            addMap("map_" + word, "string", type);
        }
        for (String type : SCALARS) {
            if (!List.of("double", "float", "string", "bytes").contains(type)) {
                addMap("key_" + type, type, "string");
            }
        }
        message.addField(field("named", "string").setJsonName("an odd näme"));
        message.addField(attachment("attached"));
        message.addField(attachment("attached_many").setLabel(Label.LABEL_REPEATED));
        // The compiler declares the oneofs of optional fields after all others.
        for (String type : SCALARS) {
            message.addField(
                    field("maybe_" + type, type).setProto3Optional(true).setOneofIndex(message.getOneofDeclCount()));
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_maybe_" + type));
        }
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("test/kinds.proto")
                .setPackage("test")
                .setSyntax("proto3")
                .addEnumType(EnumDescriptorProto.newBuilder()
                        .setName("Color")
                        .addValue(color("COLOR_UNSPECIFIED", 0))
                        .addValue(color("COLOR_RED", 1))
                        .addValue(color("COLOR_NEGATIVE", -7)))
                .addMessageType(message)
                .build();
        FileDescriptor[] imports = {
            Any.getDescriptor().getFile(),
            Timestamp.getDescriptor().getFile(),
            Duration.getDescriptor().getFile(),
            FieldMask.getDescriptor().getFile(),
            Struct.getDescriptor().getFile(),
            Empty.getDescriptor().getFile(),
            Int32Value.getDescriptor().getFile(),
            OptionsProto.getDescriptor(),
        };
        try {
            return FileDescriptor.buildFrom(file, imports, true).findMessageTypeByName("Kinds");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EnumValueDescriptorProto color(String name, int number) {
        return EnumValueDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .build();
    }

    private FieldDescriptorProto.Builder field(String name, String type) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(message.getFieldCount() + 1)
                .setLabel(Label.LABEL_OPTIONAL);
        if (type.endsWith(".Color") || type.endsWith(".NullValue")) {
            return field.setType(Type.TYPE_ENUM).setTypeName(type);
        }
        if (type.startsWith(".")) {
            return field.setType(Type.TYPE_MESSAGE).setTypeName(type);
        }
        return field.setType(Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
    }

    private FieldDescriptorProto.Builder attachment(String name) {
        FieldDescriptorProto.Builder field = field(name, "bytes");
        field.getOptionsBuilder().setExtension(OptionsProto.attachment, true);
        return field;
    }

    private void addMap(String name, String keyType, String valueType) {
        StringBuilder entry = new StringBuilder();
        for (String part : name.split("_")) {
            entry.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        entry.append("Entry");
        message.addNestedType(DescriptorProto.newBuilder()
                .setName(entry.toString())
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(field("key", keyType).setNumber(1))
                .addField(field("value", valueType).setNumber(2)));
        message.addField(field(name, ".test.Kinds." + entry).setLabel(Label.LABEL_REPEATED));
    }
}
