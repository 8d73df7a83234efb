package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Writes lists, maps, texts, numbers and truth values as JSON. */
final class JsonValues {
    private JsonValues() {}

    /** Writes a field, unless its list or map is empty. */
    static void field(String name, Object value, JsonGenerator json) throws IOException {
        boolean empty =
                (value instanceof List<?> list && list.isEmpty()) || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!empty) {
            json.writeFieldName(name);
            write(value, json);
        }
    }

    /** Writes a value. */
    static void write(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                // Two runs should look the same, whatever order the map has today.
                Map<?, ?> ordered = map instanceof SequencedMap<?, ?> ? map : new TreeMap<>(map);
                for (Map.Entry<?, ?> entry : ordered.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(element, json);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Double number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            default -> json.writeString(String.valueOf(value));
        }
    }
}
