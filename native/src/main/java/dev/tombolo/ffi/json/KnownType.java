package dev.tombolo.ffi.json;

import com.google.protobuf.Descriptors.Descriptor;

/** The well-known types that have a JSON form of their own. */
enum KnownType {
    /** All other types: an object with a member for each field. {@code Empty} is one of them. */
    NONE,
    ANY,
    TIMESTAMP,
    DURATION,
    FIELD_MASK,
    STRUCT,
    VALUE,
    LIST_VALUE,
    WRAPPER;

    static KnownType of(Descriptor type) {
        return switch (type.getFullName()) {
            case "google.protobuf.Any" -> ANY;
            case "google.protobuf.Timestamp" -> TIMESTAMP;
            case "google.protobuf.Duration" -> DURATION;
            case "google.protobuf.FieldMask" -> FIELD_MASK;
            case "google.protobuf.Struct" -> STRUCT;
            case "google.protobuf.Value" -> VALUE;
            case "google.protobuf.ListValue" -> LIST_VALUE;
            case "google.protobuf.BoolValue",
                    "google.protobuf.Int32Value",
                    "google.protobuf.Int64Value",
                    "google.protobuf.UInt32Value",
                    "google.protobuf.UInt64Value",
                    "google.protobuf.FloatValue",
                    "google.protobuf.DoubleValue",
                    "google.protobuf.StringValue",
                    "google.protobuf.BytesValue" -> WRAPPER;
            default -> NONE;
        };
    }
}
