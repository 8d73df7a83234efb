package dev.tombolo.cli;

import java.util.ArrayList;
import java.util.List;

/** Text of web pages made fit for a terminal: nothing that controls it, and widths as it shows them. */
final class TerminalText {
    private static final int REPLACEMENT = 0xfffd;

    /** The blocks that Unicode's East Asian Width calls wide, roughly. */
    private static final int[][] WIDE_BLOCKS = {
        {0x1100, 0x115f},
        {0x2e80, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0x1f300, 0x1faff},
        {0x20000, 0x3fffd},
    };

    private TerminalText() {}

    /** Returns the text on one line, with U+FFFD in place of what could control a terminal or turn its text around. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(TerminalText::printable).forEach(printable::appendCodePoint);
        return printable.toString().strip().replaceAll(" {2,}", " ");
    }

    private static int printable(int character) {
        if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
            return ' ';
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> REPLACEMENT;
            // Joiners shape words and emoji; other format characters reorder or hide text.
            case Character.FORMAT -> character == 0x200c || character == 0x200d ? character : REPLACEMENT;
            default -> character;
        };
    }

    /** Returns how many columns the text takes. */
    static int width(String text) {
        return text.codePoints().map(TerminalText::width).sum();
    }

    private static int width(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(character) ? 2 : 1;
        };
    }

    private static boolean isWide(int character) {
        for (int[] block : WIDE_BLOCKS) {
            if (character >= block[0] && character <= block[1]) {
                return true;
            }
        }
        return false;
    }

    /** Breaks a text between words into lines of a width, or inside a word that is wider. At least one line. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
            while (width(line.toString()) > width) {
                int end = fitting(line, width);
                lines.add(line.substring(0, end));
                line.delete(0, end);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns how many chars of the text fit, one character at least. */
    private static int fitting(CharSequence text, int width) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int character = Character.codePointAt(text, end);
            used += width(character);
            if (used > width && end > 0) {
                return end;
            }
            end += Character.charCount(character);
        }
        return end;
    }
}
