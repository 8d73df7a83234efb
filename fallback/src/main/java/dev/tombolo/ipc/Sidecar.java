package dev.tombolo.ipc;

import dev.tombolo.transport.Daemon;
import dev.tombolo.transport.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sidecar process that this JVM started. It ends when its standard input does, so that it can't outlive the JVM, however that
 * ends; the secret went in there first.
 */
final class Sidecar implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.tombolo.ipc");
    private static final int KEPT_LINES = 20;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private final Process process;
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final Path socket;

    /**
     * Starts the executable and waits until it's ready.
     *
     * @param token the secret, in characters that a line may have
     * @throws IOException if it can't be started or isn't ready in time; no process is left then
     */
    Sidecar(Path executable, String token, Duration patience) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        process = new ProcessBuilder(executable.toString(), "--parent", pid).start();
        try {
            Daemon.start("tombolo-sidecar-stderr", this::drainErrors);
            CompletableFuture<String> greeting = new CompletableFuture<>();
            Daemon.start("tombolo-sidecar-stdout", () -> readGreeting(greeting));
            process.outputWriter(StandardCharsets.US_ASCII)
                    .append(token)
                    .append('\n')
                    .flush();
            socket = socketOf(greeting.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (IOException | ExecutionException problem) {
            close();
            throw new IOException("the sidecar [" + executable + "] didn't start" + lastWords(), problem);
        } catch (TimeoutException slow) {
            close();
            throw new IOException(
                    "the sidecar [" + executable + "] wasn't ready within " + patience.toMillis() + " ms" + lastWords(),
                    slow);
        } catch (InterruptedException interrupt) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("the thread was interrupted while the sidecar started", interrupt);
        }
    }

    private void readGreeting(CompletableFuture<String> greeting) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            if (line == null) {
                greeting.completeExceptionally(new IOException("it ended without a greeting"));
            } else {
                greeting.complete(line);
                while (out.readLine() != null) {
                    // Nothing else is expected there, but a full pipe would stop the process.
                    continue;
                }
            }
        } catch (IOException problem) {
            greeting.completeExceptionally(problem);
        }
    }

    private void drainErrors() {
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                LOG.log(Level.DEBUG, "sidecar {0}: {1}", process.pid(), line);
                synchronized (lastErrors) {
                    if (lastErrors.size() == KEPT_LINES) {
                        lastErrors.removeFirst();
                    }
                    lastErrors.addLast(line);
                }
            }
        } catch (IOException closed) {
            // The process is gone, or is being ended.
        }
    }

    private static Path socketOf(String greeting) throws IOException {
        String[] parts = greeting.split("\\|", 5);
        if (parts.length != 5 || !parts[0].equals("tombolo") || !parts[3].equals("unix")) {
            throw new IOException("its first line isn't a sidecar's greeting: " + greeting);
        }
        if (!parts[1].equals(Integer.toString(Version.PROTOCOL)) || !parts[2].equals(Version.LIBRARY)) {
            throw new IOException("it is tombolo " + parts[2] + " with protocol " + parts[1] + ", and this is tombolo "
                    + Version.LIBRARY + " with protocol " + Version.PROTOCOL + "; use the same version of both");
        }
        return Path.of(parts[4]);
    }

    /** Returns the socket that it listens at. */
    Path socket() {
        return socket;
    }

    long pid() {
        return process.pid();
    }

    /** Returns the end of what it wrote to standard error, to be put behind a message; empty if it wrote nothing. */
    String lastWords() {
        synchronized (lastErrors) {
            return lastErrors.isEmpty() ? "" : "; its last words: " + String.join(" / ", lastErrors);
        }
    }

    /** Asks it to end by closing its standard input, and kills it if it doesn't. It has ended when this returns. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            process.outputWriter(StandardCharsets.US_ASCII).close();
        } catch (IOException alreadyGone) {
            // Then there is nothing to ask.
        }
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupt) {
            interrupted = true;
            process.destroyForcibly();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
