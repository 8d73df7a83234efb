package dev.tombolo.cli;

import dev.tombolo.TomboloException;
import dev.tombolo.technology.WebPage;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** An input of the command line. */
sealed interface PageSource permits PageSource.Single, RecordedPages {
    /** Returns the input as the user wrote it. */
    String input();

    /**
     * Opens the input.
     *
     * @throws TomboloException if it can't be opened
     */
    Pages open();

    /** The pages of an open input, read one after the other. */
    interface Pages extends Iterator<PendingPage>, Closeable {}

    /** An input that is one page. */
    sealed interface Single extends PageSource, PendingPage permits HtmlFile, StandardInput, UrlPage {
        @Override
        default Pages open() {
            Iterator<PendingPage> self = List.<PendingPage>of(this).iterator();
            return new Pages() {
                @Override
                public boolean hasNext() {
                    return self.hasNext();
                }

                @Override
                public PendingPage next() {
                    return self.next();
                }

                @Override
                public void close() throws IOException {}
            };
        }
    }

    /** Returns the kind of input that a text means. */
    static Kind kind(String input) {
        String lower = input.toLowerCase(Locale.ROOT);
        if (input.equals("-")) {
            return Kind.STANDARD_INPUT;
        } else if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return Kind.URL;
        } else if (lower.endsWith(".jsonl") || lower.endsWith(".jsonl.gz")) {
            return Kind.RECORDED;
        }
        return Kind.FILE;
    }

    /** The kinds of input. */
    enum Kind {
        /** An HTML file. */
        FILE,
        /** The standard input: an HTML page. */
        STANDARD_INPUT,
        /** A page to fetch. */
        URL,
        /** A file of recorded pages. */
        RECORDED;

        /** Returns whether it is a body alone, for which the user can say the rest. */
        boolean isBare() {
            return this == FILE || this == STANDARD_INPUT;
        }
    }

    /**
     * Returns the input that a text means.
     *
     * @param response what the user said of the response that bare bodies came with
     * @param maxBytes the most that a body may have, in bytes
     */
    static PageSource of(String input, BareResponse response, PageFetcher fetcher, Console console, long maxBytes) {
        return switch (kind(input)) {
            case FILE -> new HtmlFile(input, response, maxBytes);
            case STANDARD_INPUT -> new StandardInput(console.in(), response, maxBytes);
            case URL -> new UrlPage(input, fetcher);
            case RECORDED -> new RecordedPages(input, maxBytes);
        };
    }

    /**
     * The response that a body alone came with, as the user tells it.
     *
     * @param url where it came from; empty if that isn't known
     */
    record BareResponse(String url, List<WebPage.Header> headers) {
        /** Returns the page with that body. */
        WebPage with(byte[] body) {
            WebPage.Builder page = WebPage.builder().url(url).body(body);
            headers.forEach(header -> page.header(header.name(), header.value()));
            return page.build();
        }
    }
}
