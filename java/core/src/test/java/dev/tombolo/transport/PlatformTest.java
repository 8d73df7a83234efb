package dev.tombolo.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of platforms are those of os-maven-plugin, whatever a JVM calls them. */
class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch_64",
        "Mac OS X, aarch64, osx-aarch_64",
        "Mac OS X, x86_64, osx-x86_64",
        "Windows 11, amd64, windows-x86_64",
        "FreeBSD, riscv64, freebsd-riscv64"
    })
    void hasItsClassifier(String name, String architecture, String classifier) {
        assertThat(Platform.of(name, architecture).classifier()).isEqualTo(classifier);
    }

    @Test
    void namesFilesAsTheSystemDoes() {
        assertThat(Platform.of("Linux", "amd64").libraryFile("libx")).isEqualTo("libx.so");
        assertThat(Platform.of("Mac OS X", "amd64").libraryFile("libx")).isEqualTo("libx.dylib");
        assertThat(Platform.of("Windows 11", "amd64").libraryFile("libx")).isEqualTo("libx.dll");
        assertThat(Platform.of("Linux", "amd64").executableFile("x")).isEqualTo("x");
        assertThat(Platform.of("Windows 11", "amd64").executableFile("x")).isEqualTo("x.exe");
    }
}
