package dev.tombolo.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** A console that tests look at. */
final class Terminal {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    /** Returns the console that writes here. */
    Console console(String input, boolean colours, int width) {
        byte[] in = input.getBytes(StandardCharsets.UTF_8);
        return new Console(new ByteArrayInputStream(in), out, new PrintWriter(errors, true), colours, width);
    }

    /** Runs the program and returns its exit code. */
    int run(String input, String... args) {
        return Main.commandLine(console(input, false, 100)).execute(args);
    }

    /** Returns the standard output so far. */
    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the standard error so far. */
    String errors() {
        return errors.toString().replace(System.lineSeparator(), "\n");
    }
}
