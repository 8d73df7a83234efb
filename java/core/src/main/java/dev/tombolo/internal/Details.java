package dev.tombolo.internal;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.tombolo.ErrorDetail;
import dev.tombolo.transport.DetailTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns error details from protobuf messages into records. */
public final class Details {
    private Details() {}

    /** Returns the details of an error; one whose type isn't known keeps its name and has no fields. */
    public static List<ErrorDetail> of(List<Any> packed, DetailTypes types) {
        List<ErrorDetail> details = new ArrayList<>(packed.size());
        for (Any any : packed) {
            String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
            Descriptor type = types.find(any.getTypeUrl());
            Map<String, Object> fields = Map.of();
            if (type != null) {
                try {
                    fields = fields(DynamicMessage.parseFrom(type, any.getValue()));
                } catch (InvalidProtocolBufferException notThatType) {
                    // The code and the message matter more than a detail that can't be read.
                    fields = Map.of();
                }
            }
            details.add(new ErrorDetail(name, fields));
        }
        return details;
    }

    private static Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> fields.put(field.getName(), value(field, value)));
        return fields;
    }

    private static Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Object entry : (List<?>) value) {
                if (entry instanceof MapEntry<?, ?> pair) {
                    map.put(pair.getKey(), single(pair.getValue()));
                } else {
                    Message pair = (Message) entry;
                    Descriptor type = pair.getDescriptorForType();
                    map.put(pair.getField(type.findFieldByNumber(1)), single(pair.getField(type.findFieldByNumber(2))));
                }
            }
            return map;
        }
        if (field.isRepeated()) {
            List<Object> list = new ArrayList<>();
            for (Object item : (List<?>) value) {
                list.add(single(item));
            }
            return list;
        }
        return single(value);
    }

    private static Object single(Object value) {
        return switch (value) {
            case Message message -> fields(message);
            case EnumValueDescriptor constant -> constant.getName();
            case ByteString bytes -> bytes.toByteArray();
            default -> value;
        };
    }
}
