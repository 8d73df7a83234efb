package dev.tombolo.technology;

import dev.tombolo.InvalidArgumentException;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A web server's response to look at: headers and body. Immutable as long as nobody writes to the array that was given as its
 * body, which isn't copied: leave it alone while a call looks at the page.
 */
public final class WebPage {
    private final String url;
    private final List<Header> headers;
    private final MemorySegment body;

    private WebPage(Builder builder) {
        this.url = builder.url;
        this.headers = List.copyOf(builder.headers);
        this.body = builder.body;
    }

    /**
     * A header line.
     *
     * @param name the name, not blank; upper and lower case don't matter
     * @param value the value's bytes as they came, in any charset; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came are what a header value is
    public record Header(String name, byte[] value) {
        public Header {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a header needs a name");
            }
        }

        /** Returns the value read as UTF-8. */
        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    /**
     * Makes a page of a response of {@code java.net.http}. Compression is undone where the headers name it and the body's first
     * bytes show it; the body of a response that was decompressed before stays as it is.
     *
     * @throws InvalidArgumentException if the body is in an encoding that can't be undone, or is damaged
     */
    public static WebPage of(HttpResponse<byte[]> response) {
        Builder page = builder().url(response.uri().toString());
        // The client reads header bytes as ISO 8859-1, so that writing them so gives them back as they came.
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":")) {
                values.forEach(value -> page.header(name, value.getBytes(StandardCharsets.ISO_8859_1)));
            }
        });
        List<String> encodings = response.headers().allValues("content-encoding");
        return page.body(ContentEncoding.undo(encodings, response.body())).build();
    }

    /**
     * Makes a page of its parts.
     *
     * @param url where it came from; for the caller, it isn't matched
     * @param headers the header lines by name; values are sent as UTF-8
     * @param body the body, with its content encoding undone; not copied
     */
    public static WebPage of(String url, Map<String, List<String>> headers, byte[] body) {
        Builder page = builder().url(url).body(body);
        headers.forEach((name, values) -> values.forEach(value -> page.header(name, value)));
        return page.build();
    }

    /** Returns a builder of an empty page. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns where the page came from; empty text if that isn't known. */
    public String url() {
        return url;
    }

    /** Returns the header lines in their order. */
    public List<Header> headers() {
        return headers;
    }

    /** Returns the length of the body in bytes. */
    public long bodyLength() {
        return body.byteSize();
    }

    /** Returns the body, for reading. */
    public MemorySegment body() {
        return body.asReadOnly();
    }

    @Override
    public String toString() {
        return "WebPage[" + url + ", " + headers.size() + " headers, " + bodyLength() + " bytes]";
    }

    /** Builds a page. For one thread. */
    public static final class Builder {
        private String url = "";
        private final List<Header> headers = new ArrayList<>();
        private MemorySegment body = MemorySegment.NULL;

        private Builder() {}

        /** Sets where the page came from. */
        public Builder url(String url) {
            this.url = url;
            return this;
        }

        /** Adds a header line; the value is sent as UTF-8. */
        public Builder header(String name, String value) {
            return header(name, value.getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a header line with any bytes as its value, which aren't copied. */
        public Builder header(String name, byte[] value) {
            headers.add(new Header(name, value));
            return this;
        }

        /** Sets the body, with its content encoding undone; not copied. */
        public Builder body(byte[] body) {
            this.body = MemorySegment.ofArray(body);
            return this;
        }

        /** Sets the body to a text, which is sent as UTF-8. */
        public Builder body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns the page. */
        public WebPage build() {
            return new WebPage(this);
        }
    }
}
