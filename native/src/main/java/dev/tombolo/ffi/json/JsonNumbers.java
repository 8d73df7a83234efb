package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;

/** JSON numbers: their grammar, and integers written in any of its forms. */
final class JsonNumbers {
    /** As many digits as an integer of 64 bits may need. */
    private static final int MAX_DIGITS = 20;

    private JsonNumbers() {}

    /**
     * Returns the end of the number that starts at a position, or the position itself if there is none. What follows
     * must not look like more of the number.
     */
    static int end(byte[] data, int start, int end) {
        int pos = start;
        if (pos < end && data[pos] == '-') {
            pos++;
        }
        int digits = digits(data, pos, end);
        if (digits == pos) {
            return start;
        }
        // A leading zero stands alone: a digit after it is refused below.
        pos = data[pos] == '0' ? pos + 1 : digits;
        if (pos < end && data[pos] == '.') {
            digits = digits(data, pos + 1, end);
            if (digits == pos + 1) {
                return start;
            }
            pos = digits;
        }
        if (pos < end && (data[pos] == 'e' || data[pos] == 'E')) {
            pos++;
            if (pos < end && (data[pos] == '+' || data[pos] == '-')) {
                pos++;
            }
            digits = digits(data, pos, end);
            if (digits == pos) {
                return start;
            }
            pos = digits;
        }
        return pos < end && isWord(data[pos]) ? start : pos;
    }

    private static int digits(byte[] data, int start, int end) {
        int pos = start;
        while (pos < end && data[pos] >= '0' && data[pos] <= '9') {
            pos++;
        }
        return pos;
    }

    /** Tells whether a byte, right after a number or a literal, makes it a different word. */
    static boolean isWord(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '-'
                || b == '+'
                || b == '.'
                || b == '_';
    }

    /**
     * Gives the value of a text that is a JSON number and an integer.
     *
     * @param bits the size, 32 or 64
     * @throws NumberFormatException if it's something else, or out of range
     */
    static long parseInteger(byte[] data, int start, int end, int bits, boolean unsigned) {
        if (start == end || end(data, start, end) != end) {
            throw new NumberFormatException();
        }
        boolean negative = data[start] == '-';
        int first = negative ? start + 1 : start;
        long value = 0;
        int pos = first;
        while (pos < end && pos - first < 18 && data[pos] >= '0' && data[pos] <= '9') {
            value = 10 * value + data[pos++] - '0';
        }
        if (pos == end) {
            return checked(negative ? -value : value, bits, unsigned);
        }
        BigInteger big = new BigInteger(integerDigits(new String(data, first, end - first, ISO_8859_1)));
        if (negative) {
            big = big.negate();
        }
        int most = unsigned ? bits : bits - 1;
        if (big.bitLength() > most || (unsigned && big.signum() < 0)) {
            throw new NumberFormatException();
        }
        return big.longValue();
    }

    private static long checked(long value, int bits, boolean unsigned) {
        long lowest = unsigned ? 0 : bits == 32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long highest = bits == 64 ? Long.MAX_VALUE : unsigned ? 0xFFFF_FFFFL : Integer.MAX_VALUE;
        if (value < lowest || value > highest) {
            throw new NumberFormatException();
        }
        return value;
    }

    /** Writes a number without point and exponent, such as 1.5e1 as 15, if it is an integer of few digits. */
    private static String integerDigits(String number) {
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = e < 0 ? number : number.substring(0, e);
        int point = mantissa.indexOf('.');
        String whole = stripLeading(point < 0 ? mantissa : mantissa.substring(0, point));
        String fraction = stripTrailing(point < 0 ? "" : mantissa.substring(point + 1));
        if (whole.isEmpty() && fraction.isEmpty()) {
            return "0";
        }
        int exponent = e < 0 ? 0 : Integer.parseInt(number.substring(e + 1));
        if (exponent < 0) {
            // Only zeros may move behind the point.
            int keep = whole.length() + exponent;
            if (!fraction.isEmpty()
                    || keep < 0
                    || !stripTrailing(whole.substring(keep)).isEmpty()) {
                throw new NumberFormatException();
            }
            whole = whole.substring(0, keep);
            exponent = 0;
        }
        if (fraction.length() > exponent || whole.length() + (long) exponent > MAX_DIGITS) {
            throw new NumberFormatException();
        }
        return whole + fraction + "0".repeat(exponent - fraction.length());
    }

    private static String stripLeading(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static String stripTrailing(String digits) {
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    /**
     * Gives the value of a text as a double.
     *
     * @param quoted whether it stood in quotes, where it may be infinite or no number
     * @throws NumberFormatException if it's no JSON number, or out of range
     */
    static double parseDouble(byte[] data, int start, int end, boolean quoted) {
        String text = new String(data, start, end - start, ISO_8859_1);
        if (quoted && isSpecial(text)) {
            return Double.parseDouble(text);
        }
        if (start == end || end(data, start, end) != end) {
            throw new NumberFormatException();
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new NumberFormatException();
        }
        return value;
    }

    /** As {@link #parseDouble}, rounded once to a float. */
    static float parseFloat(byte[] data, int start, int end, boolean quoted) {
        double exact = parseDouble(data, start, end, quoted);
        if (Double.isNaN(exact) || Double.isInfinite(exact)) {
            return (float) exact;
        }
        float value = Float.parseFloat(new String(data, start, end - start, ISO_8859_1));
        if (Float.isInfinite(value)) {
            throw new NumberFormatException();
        }
        return value;
    }

    private static boolean isSpecial(String text) {
        return text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity");
    }

    /**
     * Gives the value of a map's key, which is an integer in decimal digits.
     *
     * @throws NumberFormatException if it's something else, or out of range
     */
    static long parseKey(byte[] data, int start, int end, int bits, boolean unsigned) {
        int first = start;
        if (!unsigned && start < end && (data[start] == '-' || data[start] == '+')) {
            first++;
        }
        if (first == end || digits(data, first, end) != end) {
            throw new NumberFormatException();
        }
        String text = new String(data, start, end - start, ISO_8859_1);
        if (bits == 32) {
            return unsigned ? Integer.parseUnsignedInt(text) & 0xFFFF_FFFFL : Integer.parseInt(text);
        }
        return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
    }
}
