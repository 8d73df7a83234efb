package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.IpcSocket;
import dev.tombolo.Mode;
import dev.tombolo.RuntimeInfo;
import dev.tombolo.StatusCode;
import dev.tombolo.Tombolo;
import dev.tombolo.TomboloException;
import dev.tombolo.UnavailableException;
import dev.tombolo.fixture.proto.v1.ExitRequest;
import dev.tombolo.technology.DetectOptions;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.FingerprintSet;
import dev.tombolo.technology.TechnologyDetector;
import dev.tombolo.technology.WebPage;
import dev.tombolo.transport.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How runtimes begin, are shared, recover and end. */
class LifeCycleTest {
    @ParameterizedTest
    @EnumSource(Way.class)
    void tellsWhatItIs(Way way) {
        try (Tombolo tombolo = way.open()) {
            RuntimeInfo info = tombolo.info();
            assertThat(info.mode()).isEqualTo(way.mode).isEqualTo(tombolo.mode());
            assertThat(info.reason()).isEqualTo("mode " + way.mode + " was asked for");
            assertThat(info.libraryVersion()).isEqualTo(Version.LIBRARY);
            assertThat(info.goVersion()).startsWith("go1.");
            assertThat(info.abiVersion()).isEqualTo(1);
            assertThat(info.protocolVersion()).isEqualTo(Version.PROTOCOL);
            assertThat(info.limits().maxRequestBytes()).isEqualTo(128 << 20);
            assertThat(info.service("tombolo.technology.v1.TechnologyService")
                            .orElseThrow()
                            .versions())
                    .containsKeys("wappalyzergo", "fingerprints");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallAfterCloseIsAnIllegalState(Way way) {
        Tombolo tombolo = way.open();
        FixtureClient fixture = new FixtureClient(tombolo);
        tombolo.close();
        tombolo.close();
        assertThatThrownBy(fixture::pid)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(tombolo::info).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IPC_JUNIXSOCKET", "IPC_JDK"})
    void whoeverWantsTheSameSharesASidecarWhichEndsWithTheLast(Way way) throws Exception {
        long pid;
        try (Tombolo one = way.open();
                Tombolo two = way.open();
                Tombolo other = way.builder().maxRequestBytes(1_000_000).open()) {
            pid = new FixtureClient(one).pid();
            assertThat(new FixtureClient(two).pid()).isEqualTo(pid);
            assertThat(new FixtureClient(other).pid()).isNotEqualTo(pid);
            assertThat(other.info().limits().maxRequestBytes()).isEqualTo(1_000_000);
            assertThat(one.info().limits().maxRequestBytes()).isEqualTo(128 << 20);
            one.close();
            assertThat(new FixtureClient(two).pid()).isEqualTo(pid);
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aRuntimeLingersAfterItsLastUser() {
        Tombolo.Builder lingering = Way.IPC_JDK.builder().linger(Duration.ofMinutes(10));
        long first;
        try (Tombolo tombolo = lingering.open()) {
            first = new FixtureClient(tombolo).pid();
        }
        try (Tombolo tombolo = lingering.open()) {
            assertThat(new FixtureClient(tombolo).pid()).isEqualTo(first);
            Path socket = Path.of(tombolo.info().transport().get("socket"));
            // Not to leave it for ten minutes.
            exit(new FixtureClient(tombolo));
            // A crash leaves nothing behind, even if nobody calls again.
            while (Files.exists(socket.getParent())) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"IPC_JUNIXSOCKET", "IPC_JDK"})
    void aFreshSidecarIsBroughtIntoTheStateOfTheLast(Way way) {
        byte[] fingerprints = "{\"apps\":{\"Mine\":{\"html\":[\"mine\"]}}}".getBytes(StandardCharsets.UTF_8);
        WebPage page = WebPage.builder().body("mine").build();
        try (Tombolo tombolo = way.builder().maxRequestBytes(2_000_000).open();
                TechnologyDetector detector = way.detector()
                        .runtime(runtime -> runtime.maxRequestBytes(2_000_000))
                        .open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            fixture.setLabel("first");
            fixture.setLabel("second");
            FingerprintSet set = detector.loadFingerprints(fingerprints, false);
            DetectOptions options = DetectOptions.DEFAULTS.withFingerprintSet(set.name());
            Detection before = detector.detect(page, options);
            long pid = fixture.pid();

            exit(fixture);

            assertThat(detector.detect(page, options)).isEqualTo(before);
            assertThat(fixture.pid()).isNotEqualTo(pid);
            assertThat(fixture.label()).isEqualTo("second");
            assertThat(tombolo.info().limits().maxRequestBytes()).isEqualTo(2_000_000);
        }
    }

    private static void exit(FixtureClient fixture) {
        assertThatThrownBy(() -> fixture.client()
                        .call(
                                FixtureClient.EXIT,
                                ExitRequest.newBuilder().setCode(3).build()))
                .isInstanceOfSatisfying(UnavailableException.class, exception -> {
                    assertThat(exception.isRetryable()).isTrue();
                    assertThat(exception).hasMessageContaining("FixtureService/Exit");
                });
    }

    @Test
    void aSidecarRunByHandIsNeitherStoppedNorConfigured(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("s");
        Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef\n");
        Process sidecar = new ProcessBuilder(
                        Way.SIDECAR.toString(), "--listen", socket.toString(), "--token-file", token.toString())
                .start();
        try {
            assertThat(sidecar.inputReader().readLine())
                    .isEqualTo("tombolo|" + Version.PROTOCOL + "|" + Version.LIBRARY + "|unix|" + socket);
            for (IpcSocket implementation : IpcSocket.values()) {
                try (Tombolo tombolo = Tombolo.builder()
                        .mode(Mode.IPC)
                        .ipcSocket(implementation)
                        .connect(socket, token)
                        .linger(Duration.ZERO)
                        .open()) {
                    assertThat(new FixtureClient(tombolo).pid()).isEqualTo(sidecar.pid());
                }
            }
            assertThatThrownBy(() -> Tombolo.builder()
                            .connect(socket, token)
                            .maxRequestBytes(5_000)
                            .open())
                    .isInstanceOfSatisfying(
                            TomboloException.class,
                            exception -> assertThat(exception.code()).isEqualTo(StatusCode.FAILED_PRECONDITION));
            Path wrong = Files.writeString(folder.resolve("wrong"), "another secret");
            assertThatThrownBy(() -> Tombolo.builder().connect(socket, wrong).open())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("token");
            assertThat(sidecar.isAlive()).isTrue();
        } finally {
            sidecar.destroy();
            sidecar.waitFor();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void theChosenModeIsSaidWithItsReason() {
        try (Tombolo tombolo = Way.FFI.builder().mode(Mode.AUTO).open()) {
            assertThat(tombolo.mode()).isEqualTo(Mode.FFI);
            assertThat(tombolo.info().reason()).isEqualTo("auto: nothing speaks against ffi here");
        }
        try (Tombolo tombolo = Way.FFI
                .builder()
                .mode(Mode.AUTO)
                .library(Path.of("no", "such", "library.so"))
                .open()) {
            assertThat(tombolo.mode()).isEqualTo(Mode.IPC);
            assertThat(tombolo.info().reason())
                    .startsWith("auto: ffi can't be used here:")
                    .contains("no/such/library.so");
        }
    }

    @Test
    void aNamedModeIsNeverSwitched() {
        assertThatThrownBy(() -> Way.FFI
                        .builder()
                        .library(Path.of("no", "such", "library.so"))
                        .open())
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("mode ffi can't be used:")
                .hasMessageContaining("no/such/library.so");
        assertThatThrownBy(() -> Way.IPC_JDK
                        .builder()
                        .sidecar(Path.of("no", "such", "sidecar"))
                        .open())
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("mode ipc can't be used:")
                .hasMessageContaining("no/such/sidecar");
    }

    @Test
    void neitherModeIsOneMessageWithBothReasons() {
        assertThatThrownBy(() -> Tombolo.builder()
                        .mode(Mode.AUTO)
                        .library(Path.of("no-library"))
                        .sidecar(Path.of("no-sidecar"))
                        .open())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("[no-library]")
                .hasMessageContaining("[no-sidecar]");
    }

    @Test
    void whatIsNoSidecarIsRefusedWithItsWords(@TempDir Path folder) throws Exception {
        Path impostor = Files.writeString(
                folder.resolve("impostor"), "#!/bin/sh\nread token\necho oh dear >&2\necho hello\ncat >/dev/null\n");
        assertThat(impostor.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> Way.IPC_JDK.builder().sidecar(impostor).open())
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("isn't a sidecar's greeting: hello");
        Path old = Files.writeString(
                folder.resolve("old"), "#!/bin/sh\nread token\necho 'tombolo|0|0.0.9|unix|/nowhere'\ncat >/dev/null\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> Way.IPC_JDK.builder().sidecar(old).open())
                .hasMessageContaining("tombolo 0.0.9 with protocol 0")
                .hasMessageContaining("tombolo " + Version.LIBRARY + " with protocol " + Version.PROTOCOL);
        Path silent = Files.writeString(folder.resolve("silent"), "#!/bin/sh\ncat >/dev/null\n");
        assertThat(silent.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> Way.IPC_JDK
                        .builder()
                        .sidecar(silent)
                        .startTimeout(Duration.ofMillis(200))
                        .open())
                .hasMessageContaining("wasn't ready within 200 ms");
    }

    @Test
    void settingsComeFromSystemProperties() {
        List<String[]> bad = List.of(
                new String[] {"tombolo.mode", "sideways", "use ffi, ipc or auto"},
                new String[] {"tombolo.ipc.socket", "carrier-pigeon", "use junixsocket, jdk or auto"},
                new String[] {"tombolo.timeout", "soon", "ISO-8601"},
                new String[] {"tombolo.maxRequestBytes", "-1", "positive"});
        for (String[] setting : bad) {
            withProperty(
                    setting[0],
                    setting[1],
                    () -> assertThatThrownBy(Tombolo::open)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("-D" + setting[0] + "=" + setting[1])
                            .hasMessageContaining(setting[2]));
        }
        withProperty(
                "tombolo.mode",
                "IPC",
                () -> withProperty("tombolo.sidecar", Way.SIDECAR.toString(), () -> {
                    try (Tombolo tombolo =
                            Tombolo.builder().linger(Duration.ZERO).open()) {
                        assertThat(tombolo.mode()).isEqualTo(Mode.IPC);
                    }
                }));
    }

    private static void withProperty(String name, String value, Runnable test) {
        System.setProperty(name, value);
        try {
            test.run();
        } finally {
            System.clearProperty(name);
        }
    }
}
