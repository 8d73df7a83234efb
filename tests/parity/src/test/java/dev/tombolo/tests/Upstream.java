package dev.tombolo.tests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.technology.Category;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.Technology;
import dev.tombolo.technology.WebPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Asks wappalyzergo itself, in a Go program of its own, whether it would give the same answers. */
final class Upstream {
    private static final Path SAMPLES = Path.of("..", "samples");

    private Upstream() {}

    /** Returns the last line that the comparison prints: its counts. */
    static String compare(Path folder, List<WebPage> pages, List<Detection> detections)
            throws IOException, InterruptedException {
        Path pagesFile = folder.resolve("pages.jsonl");
        Path answersFile = folder.resolve("answers.jsonl");
        try (JsonGenerator out = new JsonFactory().createGenerator(Files.newBufferedWriter(pagesFile))) {
            for (int i = 0; i < pages.size(); i++) {
                writePage(out, i, pages.get(i));
            }
        }
        try (JsonGenerator out = new JsonFactory().createGenerator(Files.newBufferedWriter(answersFile))) {
            for (int i = 0; i < detections.size(); i++) {
                writeAnswer(out, i, detections.get(i));
            }
        }
        return compare(pagesFile, answersFile);
    }

    /** The same for files of recorded pages and of what the command line said of them. */
    static String compare(Path pages, Path answers) throws IOException, InterruptedException {
        Path program = Way.LIBRARY.resolveSibling("compare-with-upstream");
        Process process = new ProcessBuilder(program.toString(), pages.toString(), answers.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        process.waitFor();
        lines.forEach(System.out::println); // which pages vary belongs into the report
        return lines.getLast();
    }

    private static void writePage(JsonGenerator out, int index, WebPage page) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", Integer.toString(index));
        out.writeArrayFieldStart("header_lines");
        for (WebPage.Header header : page.headers()) {
            out.writeStartObject();
            out.writeStringField("name", header.name());
            out.writeBinaryField("value", header.value());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeBinaryField("body_base64", page.body().toArray(ValueLayout.JAVA_BYTE));
        out.writeEndObject();
    }

    private static void writeAnswer(JsonGenerator out, int index, Detection detection) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", Integer.toString(index));
        out.writeStringField("title", detection.title().orElse(""));
        out.writeArrayFieldStart("technologies");
        for (Technology technology : detection.technologies()) {
            out.writeStartObject();
            out.writeStringField("name", technology.name());
            out.writeStringField("version", technology.versionOr(""));
            out.writeStringField("description", technology.description());
            out.writeStringField("website", technology.website());
            out.writeStringField("icon", technology.icon());
            out.writeStringField("cpe", technology.cpe());
            out.writeArrayFieldStart("categories");
            for (Category category : technology.categories()) {
                out.writeStartObject();
                out.writeNumberField("id", category.id());
                out.writeStringField("name", category.name());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Returns the project's own sample pages. */
    static List<WebPage> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .map(Upstream::sample)
                    .toList();
        }
    }

    private static WebPage sample(Path file) {
        try {
            return WebPage.builder()
                    .url(file.getFileName().toString())
                    .body(Files.readAllBytes(file))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
