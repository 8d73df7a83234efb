package dev.tombolo.tests;

import dev.tombolo.IpcSocket;
import dev.tombolo.Mode;
import dev.tombolo.technology.DetectionOutcome;
import dev.tombolo.technology.Technology;
import dev.tombolo.technology.TechnologyDetector;
import dev.tombolo.technology.WebPage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** An application that uses all kinds of threads and then closes; run in a class loader of its own. */
public final class DetectorUser {
    private DetectorUser() {}

    /** Detects in that mode, over that implementation of sockets, and returns the names of the technologies. */
    public static List<String> use(String mode, String socket) {
        WebPage page = WebPage.builder().header("Server", "nginx").build();
        try (TechnologyDetector detector = TechnologyDetector.builder()
                        .mode(Mode.parse(mode))
                        .runtime(runtime -> runtime.ipcSocket(IpcSocket.parse(socket))
                                .library(Way.LIBRARY)
                                .sidecar(Way.SIDECAR)
                                .linger(Duration.ZERO))
                        .open();
                Stream<DetectionOutcome> outcomes = detector.detectAll(Stream.of(page, page, page))) {
            detector.detect(page);
            detector.detectAsync(page).join();
            return outcomes.flatMap(outcome -> outcome.orElseThrow().technologies().stream())
                    .map(Technology::name)
                    .distinct()
                    .toList();
        }
    }
}
