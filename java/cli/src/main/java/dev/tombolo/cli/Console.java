package dev.tombolo.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the program reads and writes. Text is UTF-8, whatever the locale.
 *
 * @param in the standard input
 * @param out where results go; its exceptions are seen, other than those of {@link System#out}
 * @param errors where all else goes
 * @param colours whether tables may be coloured
 * @param width how many columns a table may have
 */
record Console(InputStream in, OutputStream out, PrintWriter errors, boolean colours, int width) {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    /** Returns the console of this process. The launcher says whether its output is a terminal: the JDK's own answer is slow. */
    static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean colours = Boolean.getBoolean("tombolo.cli.terminal")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                colours,
                width(environment.getOrDefault("COLUMNS", "")));
    }

    /** Returns a writer of text into the results. */
    PrintWriter text() {
        return writer(out);
    }

    /** Writes a sentence for people, after the results so far. Nothing in it can control the terminal. */
    void warn(String sentence) {
        try {
            out.flush();
        } catch (IOException closed) {
            // Who writes the next result is told.
        }
        errors.println("tombolo: " + TerminalText.printable(sentence));
        errors.flush();
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static int width(String columns) {
        try {
            return Math.max(LEAST_WIDTH, Integer.parseInt(columns.strip()));
        } catch (NumberFormatException unset) {
            return DEFAULT_WIDTH;
        }
    }
}
