package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job, as a user runs it: ./tombolo on pages, in both modes, with the library and the sidecar that are packed. */
class LauncherTest {
    private static final Path CORPUS =
            Launcher.ROOT.resolveSibling("shared").resolve("corpus").resolve("recorded.jsonl.gz");

    @BeforeAll
    static void needsTheProgram() {
        assumeThat(Launcher.isBuilt()).as("java/cli is packaged").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffi", "ipc", "auto"})
    void tellsTheTechnologiesOfAPageWithoutAWordFromTheJvm(String mode) throws Exception {
        Launcher.Run run = Launcher.run("detect", "tests/samples/wordpress.html", "--mode", mode);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("WordPress").contains("PHP");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theProjectsOwnRecordedPagesHaveTheSameAnswersInBothModesAndUpstreamGivesThem(@TempDir Path folder)
            throws Exception {
        isAnsweredAlike(folder, Launcher.ROOT.resolve("tests/samples/recorded.jsonl"));
    }

    @Test
    void theRecordedCorpusHasTheSameAnswersInBothModesAndUpstreamGivesThem(@TempDir Path folder) throws Exception {
        assumeThat(CORPUS).as("the corpus of recorded responses").exists();
        isAnsweredAlike(folder, CORPUS);
    }

    private static void isAnsweredAlike(Path folder, Path pages) throws IOException, InterruptedException {
        Launcher.Run ffi = Launcher.run("detect", pages.toString(), "--mode", "ffi", "--format", "jsonl");
        Launcher.Run ipc = Launcher.run("detect", pages.toString(), "--mode", "ipc", "--format", "jsonl");
        for (Launcher.Run run : List.of(ffi, ipc)) {
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
        assertThat(ipc.out()).isEqualTo(ffi.out());
        Path answers = Files.writeString(folder.resolve("answers.jsonl"), ffi.out());
        assertThat(Upstream.compare(pages, answers)).endsWith(" 0 mismatches");
    }

    @Test
    void whatCannotBeReadIsSaidInOneLineAndTheRestGoesOn() throws Exception {
        Launcher.Run run = Launcher.run("detect", "no-such-file.html", "tests", "tests/samples/wordpress.html");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("WordPress");
        assertThat(run.err().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("Exception"));
        assertThat(run.err())
                .contains("there is no file [no-such-file.html]")
                .contains("[tests] is a directory")
                .contains("2 of 3 pages failed");
    }

    @Test
    void anUnknownModeIsAMistakeOfUsage() throws Exception {
        Launcher.Run run = Launcher.run("detect", "--mode", "sideways", "tests/samples/wordpress.html");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("sideways").contains("ffi, ipc or auto").doesNotContain("\tat ");
    }

    @Test
    void leavesNoSidecarBehind() throws Exception {
        Launcher.Run run = Launcher.run("info", "--mode", "ipc", "--format", "json");
        assertThat(run.exitCode()).isZero();
        java.util.regex.Matcher pid =
                java.util.regex.Pattern.compile("pid (\\d+)").matcher(run.out());
        assertThat(pid.find()).as(run.out()).isTrue();
        ProcessHandle.of(Long.parseLong(pid.group(1)))
                .ifPresent(left -> assertThat(left.onExit())
                        .as("the end of the sidecar, whose parent has ended")
                        .succeedsWithin(java.time.Duration.ofSeconds(30)));
    }
}
