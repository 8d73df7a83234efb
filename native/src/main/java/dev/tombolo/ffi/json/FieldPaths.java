package dev.tombolo.ffi.json;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The paths of {@code google.protobuf.FieldMask}: {@code a_b.c_d} in messages is {@code aB.cD} in JSON. */
final class FieldPaths {
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private FieldPaths() {}

    /** Gives a path's form in JSON, or null if it has none from which the path can be told again. */
    static @Nullable String toJson(String path) {
        StringBuilder json = new StringBuilder();
        boolean raise = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '_') {
                json.append(raise && c >= 'a' && c <= 'z' ? Character.toUpperCase(c) : c);
            }
            raise = c == '_';
        }
        return PATH.matcher(path).matches() && toSnake(json).equals(path) ? json.toString() : null;
    }

    /** Gives the path of its form in JSON, or null if that is none. */
    static @Nullable String fromJson(String json) {
        String path = toSnake(json);
        return json.indexOf('_') < 0 && PATH.matcher(path).matches() ? path : null;
    }

    private static String toSnake(CharSequence json) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                path.append('_').append(Character.toLowerCase(c));
            } else {
                path.append(c);
            }
        }
        return path.toString();
    }
}
