package dev.tombolo.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Runs ./tombolo as a user does, in a process of its own. */
final class Launcher {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    private Launcher() {}

    /** What a run printed, and how it ended. */
    record Run(int exitCode, String out, String err) {}

    /** Returns whether the program that it starts is built; if not, it would build it. */
    static boolean isBuilt() {
        try (Stream<Path> files = Files.list(ROOT.resolve("java/cli/target"))) {
            return files.anyMatch(file -> file.getFileName().toString().matches("tombolo-cli-.*\\.jar"));
        } catch (IOException missing) {
            return false;
        }
    }

    static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("tombolo").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        String out = read(process.getInputStream());
        return new Run(process.waitFor(), out, err.join());
    }

    private static String read(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
