package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** JSON strings written from UTF-8. */
final class JsonStrings {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private JsonStrings() {}

    /** Tells whether a byte stands for itself inside of a JSON string, and needs no check as UTF-8. */
    static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    /** Appends a text with its quotes; fails if it isn't UTF-8. */
    static void put(ByteSink out, byte[] text, int start, int end) {
        out.reserve(end - start + 2);
        out.put('"');
        int from = start;
        int pos = start;
        while (pos < end) {
            byte b = text[pos];
            if (isPlain(b)) {
                pos++;
            } else if (b < 0) {
                int length = Utf8.sequence(text, pos, end);
                if (length == 0) {
                    throw new JsonException(-1, "isn't valid UTF-8");
                }
                pos += length;
            } else {
                out.put(text, from, pos);
                putEscape(out, b);
                from = ++pos;
            }
        }
        out.put(text, from, end);
        out.put('"');
    }

    private static void putEscape(ByteSink out, byte b) {
        out.put('\\');
        switch (b) {
            case '"', '\\' -> out.put(b);
            case '\b' -> out.put('b');
            case '\f' -> out.put('f');
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            default -> {
                out.putAscii("u00");
                out.put(HEX[b >> 4]);
                out.put(HEX[b & 15]);
            }
        }
    }
}
