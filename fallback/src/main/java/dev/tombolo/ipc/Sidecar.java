package dev.tombolo.ipc;

import dev.tombolo.CallCancelledException;
import dev.tombolo.UnavailableException;
import dev.tombolo.transport.Causes;
import dev.tombolo.transport.Daemon;
import dev.tombolo.transport.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
    private static final Duration LAST_WORDS_PATIENCE = Duration.ofMillis(200);

    private final Process process;
    private final Thread errors;
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final Path socket;

    /**
     * Starts the executable and waits until it's ready.
     *
     * @param token the secret, in characters that a line may have
     * @throws IOException if the executable can't be started where it is
     * @throws UnavailableException if it starts, but isn't a sidecar or isn't ready in time; no process is left then
     * @throws CallCancelledException if the thread is interrupted; no process is left then
     */
    Sidecar(Path executable, String token, Duration patience) throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        process = new ProcessBuilder(executable.toString(), "--parent", pid).start();
        boolean ready = false;
        try {
            errors = Daemon.start("tombolo-sidecar-stderr", this::drainErrors);
            CompletableFuture<String> greeting = new CompletableFuture<>();
            Daemon.start("tombolo-sidecar-stdout", () -> readGreeting(greeting));
            process.outputWriter(StandardCharsets.US_ASCII)
                    .append(token)
                    .append('\n')
                    .flush();
            socket = socketOf(greeting.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            ready = true;
            // Nobody may call again after a crash.
            process.onExit().thenRun(this::removeSocket);
        } catch (IOException | ExecutionException problem) {
            end(); // before its last words
            throw new UnavailableException(
                    "the sidecar [" + executable + "] didn't start: " + Causes.describe(reasonOf(problem))
                            + lastWords(),
                    List.of());
        } catch (TimeoutException slow) {
            end(); // before its last words
            throw new UnavailableException(
                    "the sidecar [" + executable + "] wasn't ready within " + patience.toMillis() + " ms" + lastWords(),
                    List.of());
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CallCancelledException("the thread was interrupted while the sidecar started", List.of());
        } finally {
            if (!ready) {
                end();
            }
        }
    }

    private static Throwable reasonOf(Exception problem) {
        Throwable cause = problem.getCause();
        return problem instanceof ExecutionException && cause != null ? cause : problem;
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
        boolean crashed = false;
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                LOG.log(Level.DEBUG, "sidecar {0}: {1}", process.pid(), line);
                synchronized (lastErrors) {
                    // After the line with the reason, Go prints stacks.
                    if (!crashed && lastErrors.size() == KEPT_LINES) {
                        lastErrors.removeFirst();
                    }
                    if (lastErrors.size() < KEPT_LINES) {
                        lastErrors.addLast(line);
                    }
                    if (line.startsWith("fatal error: ") || line.startsWith("panic: ")) {
                        crashed = true;
                    }
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
        if (!process.isAlive()) {
            // What it wrote last may still be on its way.
            uninterruptibly(() -> errors.join(LAST_WORDS_PATIENCE));
        }
        synchronized (lastErrors) {
            return lastErrors.isEmpty() ? "" : "; its last words: " + String.join(" / ", lastErrors);
        }
    }

    /**
     * Asks it to end by closing its standard input, and kills it if it doesn't, also on a thread that is interrupted. It has ended
     * when this returns, and its socket is gone.
     */
    @Override
    public void close() {
        end();
        removeSocket();
    }

    /** Removes what a crash leaves behind; an orderly end has removed it. */
    private void removeSocket() {
        try {
            Files.deleteIfExists(socket);
            Path folder = socket.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException notOurs) {
            LOG.log(Level.DEBUG, "the sidecar''s socket {0} couldn''t be removed: {1}", socket, notOurs);
        }
    }

    private void end() {
        try {
            process.outputWriter(StandardCharsets.US_ASCII).close();
        } catch (IOException alreadyGone) {
            // Then there is nothing to ask.
        }
        uninterruptibly(() -> {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        });
    }

    @FunctionalInterface
    private interface Wait {
        void run() throws InterruptedException;
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
