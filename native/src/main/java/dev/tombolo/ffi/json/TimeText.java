package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The texts of {@code google.protobuf.Timestamp} (RFC 3339) and {@code Duration} (such as 1.5s). */
final class TimeText {
    private static final long MIN_TIMESTAMP = -62_135_596_800L;
    private static final long MAX_TIMESTAMP = 253_402_300_799L;
    private static final long MAX_DURATION = 315_576_000_000L;
    private static final int SECOND = 1_000_000_000;

    private TimeText() {}

    /** Both types' content: whole seconds, and nanoseconds that are added to them. */
    record Time(long seconds, int nanos) {}

    /** Writes a point in time, or returns null if it's out of the type's range. */
    static @Nullable String timestamp(Time time) {
        if (time.seconds < MIN_TIMESTAMP || time.seconds > MAX_TIMESTAMP || time.nanos < 0 || time.nanos >= SECOND) {
            return null;
        }
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.seconds, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(30);
        digits(text, at.getYear(), 4).append('-');
        digits(text, at.getMonthValue(), 2).append('-');
        digits(text, at.getDayOfMonth(), 2).append('T');
        digits(text, at.getHour(), 2).append(':');
        digits(text, at.getMinute(), 2).append(':');
        digits(text, at.getSecond(), 2);
        return fraction(text, time.nanos).append('Z').toString();
    }

    /** Writes a span of time, or returns null if it's out of the type's range. */
    static @Nullable String duration(Time time) {
        long seconds = time.seconds;
        int nanos = time.nanos;
        if (seconds < -MAX_DURATION
                || seconds > MAX_DURATION
                || nanos <= -SECOND
                || nanos >= SECOND
                || (seconds < 0 && nanos > 0)
                || (seconds > 0 && nanos < 0)) {
            return null;
        }
        StringBuilder text = new StringBuilder(24);
        if (seconds < 0 || nanos < 0) {
            text.append('-');
        }
        text.append(Math.abs(seconds));
        return fraction(text, Math.abs(nanos)).append('s').toString();
    }

    private static StringBuilder digits(StringBuilder text, int value, int count) {
        String digits = Integer.toString(value);
        return text.append("0".repeat(count - digits.length())).append(digits);
    }

    /** Appends nanoseconds as none, three, six or nine digits. */
    private static StringBuilder fraction(StringBuilder text, int nanos) {
        if (nanos == 0) {
            return text;
        }
        text.append('.');
        if (nanos % 1_000_000 == 0) {
            return digits(text, nanos / 1_000_000, 3);
        }
        return nanos % 1000 == 0 ? digits(text, nanos / 1000, 6) : digits(text, nanos, 9);
    }

    /** Reads a point in time in any zone, or returns null if the text is none in the type's range. */
    static @Nullable Time parseTimestamp(byte[] text, int start, int end) {
        String s = new String(text, start, end - start, ISO_8859_1);
        if (s.length() < 20 || !isShape(s, "0000-00-00T00:00:00")) {
            return null;
        }
        int zone = 19;
        int nanos = 0;
        if (s.charAt(zone) == '.') {
            zone = digitsEnd(s, 20);
            nanos = nanos(s.substring(20, zone));
        }
        Integer offset = parseZone(s.substring(zone));
        if (nanos < 0 || offset == null) {
            return null;
        }
        try {
            long seconds = LocalDateTime.of(
                                    number(s, 0, 4),
                                    number(s, 5, 7),
                                    number(s, 8, 10),
                                    number(s, 11, 13),
                                    number(s, 14, 16),
                                    number(s, 17, 19))
                            .toEpochSecond(ZoneOffset.UTC)
                    - offset;
            return seconds < MIN_TIMESTAMP || seconds > MAX_TIMESTAMP ? null : new Time(seconds, nanos);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** Reads Z or an offset such as +01:30 as seconds, or returns null if the text is neither. */
    private static @Nullable Integer parseZone(String zone) {
        if (zone.equals("Z")) {
            return 0;
        }
        if (zone.length() != 6 || !isShape(zone.substring(1), "00:00")) {
            return null;
        }
        int hours = number(zone, 1, 3);
        int minutes = number(zone, 4, 6);
        char sign = zone.charAt(0);
        if (hours > 23 || minutes > 59 || (sign != '+' && sign != '-')) {
            return null;
        }
        int seconds = 3600 * hours + 60 * minutes;
        return sign == '-' ? -seconds : seconds;
    }

    /** Reads a span of time, or returns null if the text is none in the type's range. */
    static @Nullable Time parseDuration(byte[] text, int start, int end) {
        String s = new String(text, start, end - start, ISO_8859_1);
        int pos = s.startsWith("-") || s.startsWith("+") ? 1 : 0;
        int whole = digitsEnd(s, pos);
        int last = whole;
        int nanos = 0;
        boolean fraction = whole < s.length() && s.charAt(whole) == '.';
        if (fraction) {
            last = digitsEnd(s, whole + 1);
            nanos = last == whole + 1 ? 0 : nanos(s.substring(whole + 1, last));
        }
        boolean leadingZero = whole > pos + 1 && s.charAt(pos) == '0';
        boolean empty = whole == pos && !fraction;
        // Twelve digits hold the largest duration.
        if (last != s.length() - 1 || s.charAt(last) != 's' || leadingZero || empty || nanos < 0 || whole - pos > 12) {
            return null;
        }
        long seconds = whole == pos ? 0 : Long.parseLong(s.substring(pos, whole));
        if (seconds > MAX_DURATION) {
            return null;
        }
        return s.startsWith("-") ? new Time(-seconds, -nanos) : new Time(seconds, nanos);
    }

    /** Reads the digits of a fraction of a second, or returns -1 if there are none or more than nine. */
    private static int nanos(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        return Integer.parseInt(digits + "0".repeat(9 - digits.length()));
    }

    private static int number(String s, int start, int end) {
        return Integer.parseInt(s, start, end, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digitsEnd(String s, int start) {
        int pos = start;
        while (pos < s.length() && isDigit(s.charAt(pos))) {
            pos++;
        }
        return pos;
    }

    /** Tells whether a text starts like a shape, in which 0 stands for any digit. */
    private static boolean isShape(String s, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            char wanted = shape.charAt(i);
            char found = s.charAt(i);
            if (wanted == '0' ? !isDigit(found) : found != wanted) {
                return false;
            }
        }
        return true;
    }
}
