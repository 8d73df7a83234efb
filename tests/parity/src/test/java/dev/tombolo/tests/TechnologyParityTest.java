package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.InvalidArgumentException;
import dev.tombolo.StatusCode;
import dev.tombolo.TomboloException;
import dev.tombolo.technology.Category;
import dev.tombolo.technology.DetectOptions;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.DetectionOutcome;
import dev.tombolo.technology.Evidence;
import dev.tombolo.technology.FingerprintSet;
import dev.tombolo.technology.KnownTechnology;
import dev.tombolo.technology.Matcher;
import dev.tombolo.technology.Technology;
import dev.tombolo.technology.TechnologyDetector;
import dev.tombolo.technology.WebPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The technology service gives the same answers in every way, and those are upstream's. */
class TechnologyParityTest {
    private static final int GENERATED = 1_000;
    private static final WebPage WORDPRESS = WebPage.builder()
            .header("Server", "nginx/1.18.0")
            .body("<title>Hi</title><meta name=\"generator\" content=\"WordPress 6.1\">")
            .build();
    private static final byte[] FINGERPRINTS =
            "{\"apps\":{\"Tombolo Test\":{\"cats\":[1],\"html\":[\"tombolo-(\\\\d+)\\\\;version:\\\\1\"],\"implies\":[\"PHP\"]}}}"
                    .getBytes(StandardCharsets.UTF_8);

    private static List<WebPage> generatedPages() {
        return IntStream.range(0, GENERATED)
                .mapToObj(seed -> RandomMessages.page(new Random(seed)))
                .toList();
    }

    @Test
    void generatedPagesHaveTheSameAnswersInEveryWayAndUpstreamGivesThem(@TempDir Path folder) throws Exception {
        List<WebPage> pages = generatedPages();
        List<Detection> first = null;
        for (Way way : Way.values()) {
            List<Detection> detections;
            try (TechnologyDetector detector = way.detector().open();
                    Stream<DetectionOutcome> outcomes = detector.detectAll(pages.stream())) {
                detections = outcomes.map(DetectionOutcome::orElseThrow).toList();
            }
            if (first == null) {
                first = detections;
            } else {
                assertThat(detections).as("in %s", way).isEqualTo(first);
            }
        }
        assertThat(Upstream.compare(folder, pages, first))
                .contains(GENERATED + " pages,")
                .endsWith(" 0 mismatches");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aPageHasItsTechnologiesAndTitle(Way way) {
        try (TechnologyDetector detector = way.detector().open()) {
            Detection detection = detector.detect(WORDPRESS);
            assertThat(detection.title()).contains("Hi");
            assertThat(detection.fingerprintSet()).matches("sha256:[0-9a-f]{64}");
            assertThat(detection.technologies())
                    .extracting(technology -> technology.name() + " " + technology.versionOr("-"))
                    .containsExactly("MySQL -", "Nginx 1.18.0", "PHP -", "WordPress 6.1");
            Technology wordpress = detection.technology("WordPress").orElseThrow();
            assertThat(wordpress.categories()).contains(new Category(1, "CMS", 1));
            assertThat(wordpress.website()).isEqualTo("https://wordpress.org");
            assertThat(wordpress.cpe()).startsWith("cpe:2.3:a:wordpress:wordpress");
            assertThat(detector.detect(WORDPRESS, DetectOptions.DEFAULTS.withTitle(false))
                            .title())
                    .isEmpty();
        }
    }

    @Test
    void evidenceIsTheSameInEveryWayAndTheReferenceMatcherHasNone() {
        List<Detection> explained = new ArrayList<>();
        DetectOptions reference = DetectOptions.DEFAULTS.withMatcher(Matcher.REFERENCE);
        for (Way way : Way.values()) {
            try (TechnologyDetector detector = way.detector().open()) {
                explained.add(detector.detect(WORDPRESS, DetectOptions.DEFAULTS.withEvidence(true)));
                Detection upstream = detector.detect(WORDPRESS, reference);
                assertThat(upstream.matcher()).isEqualTo(Matcher.REFERENCE);
                assertThat(names(upstream)).isEqualTo(names(explained.getFirst()));
                assertThat(upstream.technologies()).allSatisfy(technology -> {
                    assertThat(technology.confidence()).isEmpty();
                    assertThat(technology.implied()).isEmpty();
                });
                assertThatThrownBy(() -> detector.detect(WORDPRESS, reference.withEvidence(true)))
                        .isInstanceOfSatisfying(
                                TomboloException.class,
                                exception -> assertThat(exception.code()).isEqualTo(StatusCode.FAILED_PRECONDITION));
            }
        }
        assertThat(explained).allSatisfy(detection -> assertThat(detection).isEqualTo(explained.getFirst()));
        assertThat(explained.getFirst().matcher()).isEqualTo(Matcher.INDEXED);
        assertThat(explained.getFirst().technology("WordPress").orElseThrow().evidence())
                .anySatisfy(evidence -> {
                    assertThat(evidence.source()).isEqualTo(Evidence.Source.META);
                    assertThat(evidence.key()).isEqualTo("generator");
                    assertThat(evidence.text()).isEqualTo("WordPress 6.1");
                    assertThat(evidence.version()).contains("6.1");
                    assertThat(evidence.offset()).hasValue(49);
                });
        Technology php = explained.getFirst().technology("PHP").orElseThrow();
        assertThat(php.implied()).contains(true);
        assertThat(php.confidence()).hasValue(100);
        assertThat(php.evidence()).extracting(Evidence::impliedBy).contains(java.util.Optional.of("WordPress"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aBadPageOfABatchFailsAlone(Way way) {
        WebPage large = WebPage.builder().body(new byte[2_000]).build();
        try (TechnologyDetector detector = way.detector().open()) {
            List<DetectionOutcome> outcomes = detector.detectBatch(
                    List.of(WORDPRESS, large, WORDPRESS), DetectOptions.DEFAULTS.withMaxBodyBytes(1_000));
            assertThat(outcomes.get(0).orElseThrow()).isEqualTo(detector.detect(WORDPRESS));
            assertThat(outcomes.get(2).orElseThrow()).isEqualTo(detector.detect(WORDPRESS));
            assertThatThrownBy(outcomes.get(1)::orElseThrow)
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("pages[1].body has 2000 bytes; the call's limit is 1000");
            assertThat(outcomes.get(1).page()).isSameAs(large);
            assertThat(detector.detectBatch(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void manyPagesKeepTheirOrder(Way way) {
        try (TechnologyDetector detector = way.detector().open()) {
            List<String> urls = IntStream.range(0, 200)
                    .mapToObj(i -> "https://example.org/" + i)
                    .toList();
            Stream<WebPage> pages = urls.stream()
                    .map(url -> WebPage.builder().url(url).body(url).build());
            try (Stream<DetectionOutcome> outcomes = detector.detectAll(pages)) {
                assertThat(outcomes.map(outcome -> outcome.page().url()).toList())
                        .isEqualTo(urls);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aFutureHasTheAnswerOrTheError(Way way) {
        try (TechnologyDetector detector = way.detector().open()) {
            assertThat(detector.detectAsync(WORDPRESS).join()).isEqualTo(detector.detect(WORDPRESS));
            assertThat(detector.detectAsync(WORDPRESS, DetectOptions.DEFAULTS.withFingerprintSet("nope")))
                    .failsWithin(java.time.Duration.ofMinutes(1))
                    .withThrowableThat()
                    .withCauseInstanceOf(TomboloException.class);
        }
    }

    @Test
    void theListsAreTheSameInEveryWay() {
        List<KnownTechnology> technologies = null;
        List<Category> categories = null;
        for (Way way : Way.values()) {
            try (TechnologyDetector detector = way.detector().open()) {
                List<KnownTechnology> known = detector.knownTechnologies(true);
                if (technologies == null || categories == null) {
                    technologies = known;
                    categories = detector.categories();
                } else {
                    assertThat(known).as("in %s", way).isEqualTo(technologies);
                    assertThat(detector.categories()).as("in %s", way).isEqualTo(categories);
                }
            }
        }
        assertThat(technologies)
                .hasSizeGreaterThan(5_000)
                .isSortedAccordingTo((a, b) -> Utf8Order.compare(a.name(), b.name()));
        assertThat(technologies).anySatisfy(technology -> {
            assertThat(technology.name()).isEqualTo("WordPress");
            assertThat(technology.implies()).contains("PHP");
            assertThat(technology.rules().orElseThrow().meta()).containsKey("generator");
        });
        assertThat(categories).contains(new Category(1, "CMS", 1));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void loadedFingerprintsAnswerWhereTheyAreChosen(Way way) {
        WebPage page =
                WebPage.builder().header("Server", "nginx").body("tombolo-42").build();
        try (TechnologyDetector detector = way.detector().open()) {
            FingerprintSet replaced = detector.loadFingerprints(FINGERPRINTS, false);
            FingerprintSet extended = detector.loadFingerprints(FINGERPRINTS, true);
            assertThat(replaced.technologies()).isEqualTo(1);
            assertThat(extended.technologies()).isGreaterThan(5_000);
            assertThat(detector.loadFingerprints(FINGERPRINTS, true)).isEqualTo(extended);

            Detection builtin = detector.detect(page);
            assertThat(names(builtin)).containsExactly("Nginx");
            Detection own = detector.detect(page, DetectOptions.DEFAULTS.withFingerprintSet(replaced.name()));
            assertThat(own.fingerprintSet()).isEqualTo(replaced.name());
            assertThat(names(own)).containsExactly("PHP", "Tombolo Test");
            assertThat(own.technology("Tombolo Test").orElseThrow().version()).contains("42");
            Detection both = detector.detect(page, DetectOptions.DEFAULTS.withFingerprintSet(extended.name()));
            assertThat(names(both)).containsExactly("Nginx", "PHP", "Tombolo Test");
        }
        try (TechnologyDetector detector =
                way.detector().fingerprints(FINGERPRINTS, false).open()) {
            assertThat(names(detector.detect(page))).containsExactly("PHP", "Tombolo Test");
            assertThat(detector.knownTechnologies())
                    .extracting(KnownTechnology::name)
                    .containsExactly("Tombolo Test");
        }
    }

    private static List<String> names(Detection detection) {
        return detection.technologies().stream().map(Technology::name).toList();
    }

    @Test
    void badFingerprintsFailAlikeAndChangeNothing() {
        for (String bad :
                List.of("", "{", "[]", "{\"apps\":{}}", "{\"apps\":{\"x\":null}}", "{\"apps\":{\"x\":{\"html\":1}}}")) {
            List<String> messages = new ArrayList<>();
            for (Way way : Way.values()) {
                try (TechnologyDetector detector = way.detector().open()) {
                    Detection before = detector.detect(WORDPRESS);
                    assertThatThrownBy(() -> detector.loadFingerprints(bad.getBytes(StandardCharsets.UTF_8), true))
                            .as(bad)
                            .isInstanceOf(InvalidArgumentException.class)
                            .satisfies(problem -> messages.add(problem.getMessage()));
                    assertThat(detector.detect(WORDPRESS)).isEqualTo(before);
                }
            }
            assertThat(messages).as(bad).hasSize(Way.values().length).containsOnly(messages.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSetThatIsNotLoadedIsNamed(Way way) {
        try (TechnologyDetector detector = way.detector().open()) {
            assertThatThrownBy(() -> detector.detect(WORDPRESS, DetectOptions.DEFAULTS.withFingerprintSet("sha256:0")))
                    .isInstanceOfSatisfying(TomboloException.class, exception -> {
                        assertThat(exception.code()).isEqualTo(StatusCode.NOT_FOUND);
                        assertThat(exception).hasMessageContaining("[sha256:0]");
                    });
        }
    }

    @Test
    void theSamplePagesAreAnsweredAsUpstreamDoes(@TempDir Path folder) throws Exception {
        List<WebPage> pages = Upstream.samples();
        assertThat(pages).isNotEmpty();
        try (TechnologyDetector detector = Way.FFI.detector().open()) {
            List<Detection> detections = pages.stream().map(detector::detect).toList();
            assertThat(Upstream.compare(folder, pages, detections)).endsWith(" 0 mismatches");
        }
    }
}
