package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Base64 between arrays, without the copies that {@link java.util.Base64} makes of parts of arrays. */
final class Base64Text {
    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(ISO_8859_1);
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
        VALUES['-'] = 62;
        VALUES['_'] = 63;
    }

    private Base64Text() {}

    /** Appends bytes in the standard alphabet, padded. */
    static void encode(ByteSink out, byte[] data, int start, int end) {
        int pos = start;
        for (; pos + 3 <= end; pos += 3) {
            int bits = (data[pos] & 0xFF) << 16 | (data[pos + 1] & 0xFF) << 8 | (data[pos + 2] & 0xFF);
            out.reserve(4);
            out.put(DIGITS[bits >> 18]);
            out.put(DIGITS[bits >> 12 & 63]);
            out.put(DIGITS[bits >> 6 & 63]);
            out.put(DIGITS[bits & 63]);
        }
        if (pos < end) {
            boolean two = end - pos == 2;
            int bits = (data[pos] & 0xFF) << 16 | (two ? (data[pos + 1] & 0xFF) << 8 : 0);
            out.put(DIGITS[bits >> 18]);
            out.put(DIGITS[bits >> 12 & 63]);
            out.put(two ? DIGITS[bits >> 6 & 63] : '=');
            out.put('=');
        }
    }

    /**
     * Appends what a text stands for: in the standard or the URL alphabet, not mixed, padded or not.
     *
     * @return whether the text is base64; if not, a part may have been appended
     */
    static boolean decode(ByteSink out, byte[] text, int start, int end) {
        int last = end;
        if ((end - start) % 4 == 0) {
            for (int padding = 0; padding < 2 && last > start && text[last - 1] == '='; padding++) {
                last--;
            }
        }
        if ((last - start) % 4 == 1) {
            return false;
        }
        boolean standard = false;
        boolean url = false;
        int bits = 0;
        int held = 0;
        out.reserve((last - start) / 4 * 3 + 3);
        for (int pos = start; pos < last; pos++) {
            int c = text[pos];
            int value = VALUES[c & 0xFF];
            if (value < 0) {
                return false;
            }
            if (value >= 62) {
                standard |= c == '+' || c == '/';
                url |= c == '-' || c == '_';
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 8) {
                held -= 8;
                out.put(bits >> held);
            }
        }
        return !(standard && url);
    }
}
