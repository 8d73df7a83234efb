package dev.tombolo.ffi.json;

/** Checks and writes UTF-8. */
final class Utf8 {
    private Utf8() {}

    /**
     * Returns the length of the character beyond ASCII that starts at a position, or 0 if the bytes there are no valid
     * UTF-8.
     */
    static int sequence(byte[] data, int pos, int end) {
        int first = data[pos] & 0xFF;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || length > end - pos) {
            return 0;
        }
        int second = data[pos + 1] & 0xFF;
        // The second byte excludes overlong forms, surrogates and what is beyond U+10FFFF.
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((data[pos + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Appends a character, which is no surrogate. */
    static void put(ByteSink out, int codePoint) {
        if (codePoint < 0x80) {
            out.put(codePoint);
            return;
        }
        if (codePoint < 0x800) {
            out.put(0xC0 | codePoint >> 6);
        } else {
            if (codePoint < 0x10000) {
                out.put(0xE0 | codePoint >> 12);
            } else {
                out.put(0xF0 | codePoint >> 18);
                out.put(0x80 | ((codePoint >> 12) & 0x3F));
            }
            out.put(0x80 | ((codePoint >> 6) & 0x3F));
        }
        out.put(0x80 | (codePoint & 0x3F));
    }
}
