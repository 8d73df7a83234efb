package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of each kind, from the command line to the library and back. */
class DetectCommandTest {
    private static final String[] OPTIONS = {"detect", "--mode", "ffi", "--format", "jsonl"};

    @TempDir
    private Path folder;

    private final Terminal terminal = new Terminal();

    private int detect(String input, String... inputs) {
        String[] args = new String[OPTIONS.length + inputs.length];
        System.arraycopy(OPTIONS, 0, args, 0, OPTIONS.length);
        System.arraycopy(inputs, 0, args, OPTIONS.length, inputs.length);
        return terminal.run(input, args);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void aFileIsAPage() throws IOException {
        String page = file("a.html", "<title>Hi</title><meta name=generator content='WordPress 6.4.2'>");
        assertThat(detect("", page)).isZero();
        assertThat(terminal.out())
                .startsWith("{\"id\":\"" + page + "\",\"url\":\"\",\"title\":\"Hi\",\"technologies\":[{")
                .contains("{\"name\":\"WordPress\",\"version\":\"6.4.2\"");
        assertThat(terminal.errors()).isEmpty();
    }

    @Test
    void theStandardInputIsAPageWithTheHeadersAndTheUrlThatAreGiven() {
        assertThat(detect("<title>In</title>", "-", "--header", "Server: nginx/1.25.3", "--url", "http://a/"))
                .isZero();
        assertThat(terminal.out())
                .startsWith("{\"id\":\"-\",\"url\":\"http://a/\",\"title\":\"In\",")
                .contains("{\"name\":\"Nginx\",\"version\":\"1.25.3\"");
    }

    @Test
    void aBrokenLineFailsAlone() throws IOException {
        String pages = file("r.jsonl", "{\"id\":\"a\"}\n\nbroken\r\n{\"url\":\"http://b/\"}");
        assertThat(detect("", pages)).isEqualTo(1);
        assertThat(terminal.out())
                .isEqualTo("{\"id\":\"a\",\"url\":\"\",\"title\":\"\",\"technologies\":[]}\n"
                        + "{\"id\":\"" + pages
                        + "\",\"url\":\"\",\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"["
                        + pages + ", line 3]: not valid JSON: Unrecognized token 'broken': was expecting (JSON String,"
                        + " Number, Array, Object or token 'null', 'true' or 'false')\"}}\n"
                        + "{\"id\":\"" + pages + "\",\"url\":\"http://b/\",\"title\":\"\",\"technologies\":[]}\n");
        assertThat(terminal.errors()).isEqualTo("tombolo: 1 of 3 pages failed\n");
    }

    @Test
    void recordedPagesMayBeCompressedAndKeepTheirOrder() throws IOException {
        Path pages = folder.resolve("r.jsonl.gz");
        StringBuilder expected = new StringBuilder();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(pages))) {
            for (int i = 0; i < 100; i++) {
                out.write(("{\"id\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
                expected.append("{\"id\":\"").append(i).append("\",\"url\":\"\",\"title\":\"\",\"technologies\":[]}\n");
            }
        }
        assertThat(detect("", pages.toString())).isZero();
        assertThat(terminal.out()).hasToString(expected.toString());
    }

    @Test
    void aDamagedArchiveFailsWhereItIsDamaged() throws IOException {
        String pages = file("r.jsonl.gz", "not gzip");
        assertThat(detect("", pages)).isEqualTo(1);
        assertThat(terminal.out())
                .isEqualTo("{\"id\":\"" + pages + "\",\"url\":\"\",\"error\":{\"code\":\"DATA_LOSS\",\"message\":\"["
                        + pages + "] is damaged: Not in GZIP format\"}}\n");
    }

    @Test
    void inputsThatFailDontStopTheOthers() throws IOException {
        String page = file("a.html", "");
        String missing = folder.resolve("no.html").toString();
        assertThat(detect("", missing, folder.toString(), "", page)).isEqualTo(1);
        assertThat(terminal.out().lines()).hasSize(4).last().asString().contains("\"technologies\":[]");
        assertThat(terminal.errors())
                .isEqualTo("tombolo: there is no file [" + missing + "]\n"
                        + "tombolo: [" + folder + "] is a directory; name a file\n"
                        + "tombolo: a file's name is empty\n"
                        + "tombolo: 3 of 4 pages failed\n");
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() throws IOException {
        Path large = folder.resolve("large.html");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(300L << 20);
        }
        assertThat(detect("", large.toString())).isEqualTo(1);
        assertThat(terminal.errors())
                .isEqualTo("tombolo: [" + large
                        + "] has 314572800 bytes; the limit is 134217728 (tombolo.maxRequestBytes)\n");
    }

    @Test
    void ownFingerprintsAreUsed() throws IOException {
        String fingerprints = file("f.json", "{\"apps\":{\"Own\":{\"headers\":{\"x-own\":\"\"}}}}");
        assertThat(detect("", "--fingerprints", fingerprints, "--replace-fingerprints", "--header", "X-Own: 1", "-"))
                .isZero();
        assertThat(terminal.out()).contains("\"technologies\":[{\"name\":\"Own\",");
    }
}
