package dev.tombolo.cli;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tombolo.technology.WebPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page as a line of JSON records it: {@code {"id", "url", "headers": {name: [values]}, "body_base64"}}. A header may have
 * one text instead of a list, and {@code "body"} may hold the body as text. Other fields are left aside.
 *
 * @param id its name; empty if it has none
 * @param url where it came from; empty if that isn't recorded
 * @param body the body as it's recorded: whatever content encoding the headers tell of was undone before
 */
@SuppressWarnings("ArrayRecordComponent") // a body to look at, which nobody compares
record RecordedPage(String id, String url, List<WebPage.Header> headers, byte[] body) {
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

    // The length of a line is limited where it's read.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it isn't such an object; the message says what is wrong
     */
    static RecordedPage parse(byte[] line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            RecordedPage page = object(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("there is something after the JSON object");
            }
            return page;
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("not valid JSON: " + broken.getOriginalMessage(), broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it reads from memory
        }
    }

    private static RecordedPage object(JsonParser json) throws IOException {
        String id = "";
        String url = "";
        List<WebPage.Header> headers = new ArrayList<>();
        byte[] body = {};
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue; // as if it weren't there
            }
            switch (field) {
                case "id" -> id = text(json, field);
                case "url" -> url = text(json, field);
                case "headers" -> headers(json, headers);
                case "body" -> body = text(json, field).getBytes(StandardCharsets.UTF_8);
                case "body_base64" -> body = base64(json, field);
                default -> json.skipChildren();
            }
        }
        return new RecordedPage(id, url, headers, body);
    }

    private static void headers(JsonParser json, List<WebPage.Header> headers) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("its \"headers\" isn't an object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.START_ARRAY) {
                header(json, name, headers);
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                header(json, name, headers);
            }
        }
    }

    private static void header(JsonParser json, String name, List<WebPage.Header> headers) throws IOException {
        // No server can send a header without a name, and recorders that wrote one recorded the rest well.
        if (json.currentToken() != JsonToken.VALUE_NULL && !name.isBlank()) {
            headers.add(new WebPage.Header(name, text(json, name).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String text(JsonParser json, String field) throws IOException {
        if (!json.currentToken().isScalarValue()) {
            throw new IllegalArgumentException("its \"" + field + "\" isn't a text");
        }
        // Half of a surrogate pair, which JSON can name, is in no charset.
        return new String(json.getText().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static byte[] base64(JsonParser json, String field) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("its \"" + field + "\" isn't a text");
        }
        try {
            return json.getBinaryValue(BASE64);
        } catch (JacksonException broken) {
            throw new IllegalArgumentException(
                    "its \"" + field + "\" isn't base64: " + broken.getOriginalMessage(), broken);
        }
    }

    /** Returns the page to look at. */
    WebPage toWebPage() {
        WebPage.Builder page = WebPage.builder().url(url).body(body);
        headers.forEach(header -> page.header(header.name(), header.value()));
        return page.build();
    }
}
