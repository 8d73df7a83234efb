package dev.tombolo.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tombolo.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packed binary comes into a file that is whole, private and named by its content. */
class PackedBinaryTest {
    private static final Platform TEST_MACHINE = new Platform("test", "machine");
    private static final String CONTENT = "the content of a binary";

    @TempDir
    private Path temp;

    private static PackedBinary binary(String file) {
        return PackedBinary.find(PackedBinaryTest.class, TEST_MACHINE, "native", file)
                .orElseThrow();
    }

    private Path extract(String file) {
        return binary(file).useFirst(Optional.of(temp.resolve("folder")), path -> path);
    }

    @Test
    void isFoundForItsPlatformOnly() {
        assertThat(PackedBinary.find(PackedBinaryTest.class, new Platform("other", "machine"), "native", "libthing.so"))
                .isEmpty();
        assertThat(binary("libthing.so").fileName()).matches("libthing-[0-9a-f]{64}\\.so");
    }

    @Test
    void isExtractedToAFileOfItsOwnerOnly() throws IOException {
        Path file = extract("libthing.so");
        assertThat(file).hasContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void isNotWrittenAgainWhereItIs() throws IOException {
        Path file = extract("libthing.so");
        Object before = Files.getAttribute(file, "unix:ino");
        assertThat(Files.getAttribute(extract("libthing.so"), "unix:ino")).isEqualTo(before);
    }

    @Test
    void replacesAFileThatWasTamperedWith() throws IOException {
        Path file = extract("libthing.so");
        Files.writeString(file, "something else");
        assertThat(extract("libthing.so")).isEqualTo(file).hasContent(CONTENT);
    }

    @Test
    void refusesContentThatIsNotWhatWasPacked() throws IOException {
        assertThatThrownBy(() -> extract("libdamaged.so"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("isn't what was packed");
        try (Stream<Path> left = Files.list(temp.resolve("folder"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void refusesAFolderThatOthersCanWriteTo() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> extract("libthing.so"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("[" + folder + "] other users can write to it")
                .hasMessageContaining("-Dtombolo.native.dir=FOLDER");
    }

    @Test
    void saysWhatHappenedWhereTheFolderIsNoFolder() throws IOException {
        Files.writeString(temp.resolve("folder"), "a file");
        assertThatThrownBy(() -> extract("libthing.so"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no folder serves");
    }

    @Test
    void saysWhatHappenedWhereNothingCanBeWritten() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        assumeThat(Files.isWritable(folder))
                .as("a user whom permissions don't bind")
                .isFalse();
        assertThatThrownBy(() -> extract("libthing.so"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("[" + folder + "]");
    }

    @Test
    void canBeExtractedByManyAtOnce() {
        List<CompletableFuture<Path>> extractions = IntStream.range(0, 32)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> extract("libthing.so")))
                .toList();
        assertThat(extractions)
                .allSatisfy(extraction -> assertThat(extraction.join()).hasContent(CONTENT));
    }

    @Test
    void usesTheFolderThatIsNamedAndNoOther() {
        assertThat(PackedBinary.folders(Optional.of(temp))).containsExactly(temp);
        assertThat(PackedBinary.folders(Optional.empty())).hasSizeGreaterThanOrEqualTo(1);
    }
}
