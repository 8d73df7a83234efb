package dev.tombolo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A typed fact about an error, for callers that branch.
 *
 * @param type the full name of the detail's message type, such as "tombolo.runtime.v1.LimitExceeded"
 * @param fields its fields by their names in the .proto file, without those that are unset: numbers ({@link Integer} and
 *     {@link Long}, unsigned ones too; {@link Float}, {@link Double}), {@link Boolean}, {@link String}, enum values as
 *     their names, bytes as {@code byte[]}, lists and maps of these, and nested messages as maps. Empty if the type isn't
 *     known here.
 */
public record ErrorDetail(String type, Map<String, Object> fields) {
    public ErrorDetail {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
