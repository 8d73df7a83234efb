package dev.tombolo.cli;

import java.time.Duration;

/** A file that holds a page's body. */
record HtmlFile(String input, BareResponse response, long maxBytes) implements PageSource.Single {
    @Override
    public String url() {
        return response.url();
    }

    @Override
    public NamedPage load(Duration timeout) {
        return new NamedPage(input, response.with(InputFiles.read(input, maxBytes)));
    }
}
