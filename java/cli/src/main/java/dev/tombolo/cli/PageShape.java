package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.technology.Category;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.Technology;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What a page looks like to programs: its technologies, or its error. */
final class PageShape implements Shape<PageResult> {
    private static final List<String> COLUMNS = List.of(
            "id",
            "url",
            "name",
            "version",
            "confidence",
            "categories",
            "implied",
            "website",
            "cpe",
            "icon",
            "description",
            "title",
            "error_code",
            "error_message");

    @Override
    public void json(PageResult result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", result.id());
        json.writeStringField("url", result.url());
        switch (result) {
            case PageResult.Answered answered -> detection(answered.detection(), json);
            case PageResult.Failed failed -> {
                json.writeObjectFieldStart("error");
                json.writeStringField("code", failed.code().name());
                json.writeStringField("message", failed.message());
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    private static void detection(Detection detection, JsonGenerator json) throws IOException {
        json.writeStringField("title", detection.title().orElse(""));
        json.writeArrayFieldStart("technologies");
        for (Technology technology : detection.technologies()) {
            technology(technology, json);
        }
        json.writeEndArray();
    }

    private static void technology(Technology technology, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", technology.name());
        if (technology.version().isPresent()) {
            json.writeStringField("version", technology.version().get());
        }
        if (technology.confidence().isPresent()) {
            json.writeNumberField("confidence", technology.confidence().getAsInt());
        }
        categories(technology.categories(), json);
        json.writeStringField("website", technology.website());
        json.writeStringField("description", technology.description());
        json.writeStringField("icon", technology.icon());
        json.writeStringField("cpe", technology.cpe());
        if (technology.implied().isPresent()) {
            json.writeBooleanField("implied", technology.implied().get());
        }
        EvidenceText.json(technology.evidence(), json);
        json.writeEndObject();
    }

    /** Writes the field with a technology's categories. */
    static void categories(List<Category> categories, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("categories");
        for (Category category : categories) {
            json.writeStartObject();
            json.writeNumberField("id", category.id());
            json.writeStringField("name", category.name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Returns the names of the categories that have one. */
    static String names(List<Category> categories, String separator) {
        return categories.stream()
                .map(Category::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(separator));
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public List<List<String>> rows(PageResult result) {
        return switch (result) {
            case PageResult.Answered answered ->
                answered.detection().technologies().stream()
                        .map(technology -> row(answered, technology))
                        .toList();
            case PageResult.Failed failed ->
                List.of(List.of(
                        failed.id(),
                        failed.url(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        failed.code().name(),
                        failed.message()));
        };
    }

    private static List<String> row(PageResult.Answered page, Technology technology) {
        return List.of(
                page.id(),
                page.url(),
                technology.name(),
                technology.versionOr(""),
                technology.confidence().isPresent()
                        ? String.valueOf(technology.confidence().getAsInt())
                        : "",
                names(technology.categories(), "; "),
                technology.implied().map(String::valueOf).orElse(""),
                technology.website(),
                technology.cpe(),
                technology.icon(),
                technology.description(),
                page.detection().title().orElse(""),
                "",
                "");
    }
}
