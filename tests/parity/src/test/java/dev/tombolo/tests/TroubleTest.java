package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.CallCancelledException;
import dev.tombolo.DeadlineExceededException;
import dev.tombolo.Mode;
import dev.tombolo.Tombolo;
import dev.tombolo.UnavailableException;
import dev.tombolo.fixture.proto.v1.EchoRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers and sidecars that get in each other's way. */
class TroubleTest {
    /** Starts a call that would take minutes and waits until it's in Go. */
    private static CompletableFuture<Throwable> begin(FixtureClient fixture, Thread.Builder builder) {
        long before = fixture.calls();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        builder.start(() -> {
            try {
                fixture.sleep(Duration.ofMinutes(5), Duration.ZERO);
                end.complete(new AssertionError("the call went on to its end"));
            } catch (Throwable problem) {
                end.complete(problem);
            }
        });
        while (fixture.calls() == before) {
            Thread.onSpinWait();
        }
        return end;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void closeEndsTheCallsInFlightAndSaysSo(Way way) throws Exception {
        for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
            Tombolo tombolo = way.open();
            CompletableFuture<Throwable> end = begin(new FixtureClient(tombolo), builder);
            tombolo.close();
            assertThat(end.get())
                    .isInstanceOf(CallCancelledException.class)
                    .hasMessage("tombolo.fixture.v1.FixtureService/Sleep ended because its Tombolo was closed");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aDeadlineHoldsAlsoWhereEveryThreadIsBusy(Way way) throws Exception {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            // More than there are threads for the calls of virtual threads.
            List<Thread> busy = IntStream.range(0, 2 + 2 * Runtime.getRuntime().availableProcessors())
                    .mapToObj(i -> Thread.ofVirtual().start(() -> {
                        try {
                            fixture.sleep(Duration.ofMinutes(5), Duration.ZERO);
                        } catch (CallCancelledException expected) {
                            return;
                        }
                    }))
                    .toList();
            CompletableFuture<Void> late = CompletableFuture.runAsync(
                    () -> fixture.sleep(Duration.ofMinutes(5), Duration.ofMillis(50)),
                    task -> Thread.ofVirtual().start(task));
            assertThatThrownBy(late::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DeadlineExceededException.class);
            for (Thread thread : busy) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void thousandsOfVirtualThreadsAreAllAnswered(Way way) throws Exception {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                String text = "call " + i;
                answers.add(CompletableFuture.supplyAsync(
                        () -> fixture.echo(EchoRequest.newBuilder().setText(text), new byte[100])
                                .getText(),
                        task -> Thread.ofVirtual().start(task)));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("call " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IPC_JUNIXSOCKET", "IPC_JDK"})
    void aKilledSidecarFailsItsCallsLeavesNothingAndIsReplaced(Way way) throws Exception {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            long pid = fixture.pid();
            Path socket = Path.of(tombolo.info().transport().get("socket"));
            CompletableFuture<Throwable> end = begin(fixture, Thread.ofPlatform());
            assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
            assertThat(end.get())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("FixtureService/Sleep")
                    .hasMessageContaining("fresh one");
            assertThat(fixture.pid()).isNotEqualTo(pid);
            assertThat(socket.getParent()).doesNotExist();
        }
    }

    @Test
    void aSidecarThatNeverGreetsIsGivenUp(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("s");
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef");
        Process sidecar = new ProcessBuilder(
                        Way.SIDECAR.toString(), "--listen", socket.toString(), "--token-file", token.toString())
                .start();
        try {
            sidecar.inputReader().readLine();
            signal("STOP", sidecar);
            assertThatThrownBy(() -> Tombolo.builder()
                            .mode(Mode.IPC)
                            .connect(socket, token)
                            .startTimeout(Duration.ofMillis(200))
                            .open())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("200 ms");
        } finally {
            signal("CONT", sidecar);
            sidecar.destroy();
            sidecar.waitFor();
        }
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void whoeverWaitsForAnOpenThatFailsFailsAlike(@TempDir Path folder) throws Exception {
        Path silent = Files.writeString(folder.resolve("silent"), "#!/bin/sh\ncat >/dev/null\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        List<CompletableFuture<Tombolo>> opens = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> Way.IPC_JDK
                                .builder()
                                .sidecar(silent)
                                .startTimeout(Duration.ofMillis(300))
                                .open(),
                        task -> Thread.ofPlatform().start(task)))
                .toList();
        for (CompletableFuture<Tombolo> open : opens) {
            assertThatThrownBy(open::get)
                    .hasCauseInstanceOf(UnavailableException.class)
                    .hasMessageContaining("wasn't ready within 300 ms");
        }
    }

    @Test
    void anInterruptEndsAnOpen(@TempDir Path folder) throws Exception {
        Path started = folder.resolve("started");
        Path silent =
                Files.writeString(folder.resolve("silent"), "#!/bin/sh\ntouch '" + started + "'\ncat >/dev/null\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread opener = Thread.ofPlatform().start(() -> {
            try {
                Way.IPC_JDK
                        .builder()
                        .sidecar(silent)
                        .startTimeout(Duration.ofMinutes(5))
                        .open()
                        .close();
                end.complete(new AssertionError("it opened"));
            } catch (Throwable problem) {
                end.complete(problem);
            }
        });
        while (!Files.exists(started)) {
            Thread.onSpinWait();
        }
        opener.interrupt();
        assertThat(end.get()).isInstanceOf(CallCancelledException.class);
    }
}
