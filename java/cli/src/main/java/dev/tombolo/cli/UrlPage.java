package dev.tombolo.cli;

import java.time.Duration;

/** A page that is fetched. */
record UrlPage(String input, PageFetcher fetcher) implements PageSource.Single {
    @Override
    public String url() {
        return input;
    }

    @Override
    public NamedPage load(Duration timeout) throws InterruptedException {
        return new NamedPage(input, fetcher.fetch(input, timeout));
    }
}
