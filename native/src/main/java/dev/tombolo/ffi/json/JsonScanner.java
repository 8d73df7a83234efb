package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A position in JSON that moves from token to token. Not safe for concurrent use. */
final class JsonScanner {
    final byte[] data;
    int pos;

    /** The last string's content, in an array from {@link #textStart} to {@link #textEnd}: valid until the next one. */
    byte[] text;

    int textStart;
    int textEnd;

    private @Nullable ByteSink unescaped;

    JsonScanner(byte[] data) {
        this.data = data;
        text = data;
    }

    /** Skips white space and returns the next byte, or -1 at the end. Bytes beyond ASCII are below -1. */
    int peek() {
        while (pos < data.length) {
            byte b = data[pos];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                // 0xFF starts no value, nor does any byte beyond ASCII; but -1 has to mean the end.
                return b == -1 ? -2 : b;
            }
            pos++;
        }
        return -1;
    }

    JsonException fail(String problem) {
        return new JsonException(pos, problem);
    }

    JsonException unexpected(String wanted) {
        int next = peek();
        String found = next == -1
                ? "the end"
                : next > ' ' && next < 0x7F
                        ? "'" + (char) next + "'"
                        : "byte 0x" + Integer.toHexString(data[pos] & 0xFF);
        return fail("expected " + wanted + ", found " + found);
    }

    void open(char bracket) {
        if (peek() != bracket) {
            throw unexpected("'" + bracket + "'");
        }
        pos++;
    }

    /**
     * Tells, inside an object or array, whether another item follows, and takes the comma before it or else the closing
     * bracket.
     *
     * @param first whether no item was read yet
     */
    boolean more(char closing, boolean first) {
        int next = peek();
        if (next == closing) {
            pos++;
            return false;
        }
        if (first) {
            return true;
        }
        if (next != ',') {
            throw unexpected("',' or '" + closing + "'");
        }
        pos++;
        if (peek() == closing) {
            throw unexpected("another item after ','");
        }
        return true;
    }

    /** Reads a member's name and the colon after it. */
    void name() {
        string("a name");
        if (peek() != ':') {
            throw unexpected("':'");
        }
        pos++;
    }

    /** Takes a word such as null. */
    void literal(String word) {
        int end = pos + word.length();
        boolean found = end <= data.length && (end == data.length || !JsonNumbers.isWord(data[end]));
        for (int i = 0; found && i < word.length(); i++) {
            found = data[pos + i] == word.charAt(i);
        }
        if (!found) {
            throw fail("invalid word");
        }
        pos = end;
    }

    /** Reads a number, which may be in a string, into {@link #text}; returns whether it was in one, unchecked then. */
    boolean number() {
        int next = peek();
        if (next == '"') {
            string("a number");
            return true;
        }
        if (next != '-' && (next < '0' || next > '9')) {
            throw unexpected("a number");
        }
        bareNumber();
        return false;
    }

    /** Reads a number without quotes into {@link #text}. */
    void bareNumber() {
        int end = JsonNumbers.end(data, pos, data.length);
        if (end == pos) {
            throw fail("invalid number");
        }
        text = data;
        textStart = pos;
        textEnd = end;
        pos = end;
    }

    /** Reads a string into {@link #text}: valid UTF-8, without quotes and escapes. */
    void string(String wanted) {
        if (peek() != '"') {
            throw unexpected(wanted);
        }
        int start = pos + 1;
        int end = start;
        while (end < data.length && JsonStrings.isPlain(data[end])) {
            end++;
        }
        if (end == data.length || data[end] != '"') {
            slowString(start, end);
            return;
        }
        text = data;
        textStart = start;
        textEnd = end;
        pos = end + 1;
    }

    /** Is {@link #string} for a content with escapes or beyond ASCII; what is before {@code at} is plain. */
    private void slowString(int start, int at) {
        ByteSink content = null;
        int from = start;
        pos = at;
        while (pos < data.length) {
            byte b = data[pos];
            if (JsonStrings.isPlain(b)) {
                pos++;
            } else if (b < 0) {
                int length = Utf8.sequence(data, pos, data.length);
                if (length == 0) {
                    throw fail("invalid UTF-8 in a string");
                }
                pos += length;
            } else if (b == '\\') {
                if (content == null) {
                    content = scratch();
                }
                content.put(data, from, pos);
                escape(content);
                from = pos;
            } else if (b == '"') {
                finish(content, from);
                return;
            } else {
                throw fail("control character in a string");
            }
        }
        throw fail("unfinished string");
    }

    private void finish(@Nullable ByteSink content, int from) {
        if (content == null) {
            text = data;
            textStart = from;
            textEnd = pos;
        } else {
            content.put(data, from, pos);
            text = content.array();
            textStart = 0;
            textEnd = content.size();
        }
        pos++;
    }

    private ByteSink scratch() {
        ByteSink sink = unescaped;
        if (sink == null) {
            sink = new ByteSink(64);
            unescaped = sink;
        }
        sink.truncate(0);
        return sink;
    }

    /** Takes the escape at the position and appends what it stands for. */
    private void escape(ByteSink out) {
        if (pos + 1 >= data.length) {
            throw fail("unfinished string");
        }
        byte b = data[pos + 1];
        switch (b) {
            case '"', '\\', '/' -> out.put(b);
            case 'b' -> out.put('\b');
            case 'f' -> out.put('\f');
            case 'n' -> out.put('\n');
            case 'r' -> out.put('\r');
            case 't' -> out.put('\t');
            case 'u' -> {
                unicodeEscape(out);
                return;
            }
            default -> throw fail("invalid escape");
        }
        pos += 2;
    }

    private void unicodeEscape(ByteSink out) {
        int unit = codeUnit(pos);
        if (unit >= 0 && !Character.isSurrogate((char) unit)) {
            Utf8.put(out, unit);
            pos += 6;
            return;
        }
        int low = unit < 0 ? unit : codeUnit(pos + 6);
        if (low < 0 || !Character.isSurrogatePair((char) unit, (char) low)) {
            throw fail("invalid \\u escape");
        }
        Utf8.put(out, Character.toCodePoint((char) unit, (char) low));
        pos += 12;
    }

    /** Reads the UTF-16 code unit of an escape, or returns -1 if there is none. */
    private int codeUnit(int at) {
        if (data.length - at < 6 || data[at] != '\\' || data[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = data[i] < 0 ? -1 : Character.digit(data[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** The last string or number as a Java string. */
    String textString() {
        return new String(text, textStart, textEnd - textStart, UTF_8);
    }

    /** Tells whether the last string is a text. */
    boolean textIs(byte[] wanted) {
        return Arrays.equals(text, textStart, textEnd, wanted, 0, wanted.length);
    }

    /** Passes over any value whose nesting takes no more levels than given. */
    void skip(int levels) {
        int next = peek();
        switch (next) {
            case '"' -> string("a string");
            case 'n' -> literal("null");
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case '{', '[' -> {
                if (levels <= 0) {
                    throw fail("nested too deep");
                }
                pos++;
                skipItems(next == '{', levels - 1);
            }
            default -> {
                if (next != '-' && (next < '0' || next > '9')) {
                    throw unexpected("a value");
                }
                bareNumber();
            }
        }
    }

    private void skipItems(boolean object, int levels) {
        for (boolean first = true; more(object ? '}' : ']', first); first = false) {
            if (object) {
                name();
            }
            skip(levels);
        }
    }

    /** Checks that nothing but white space is left. */
    void end() {
        if (peek() != -1) {
            throw unexpected("the end");
        }
    }
}
