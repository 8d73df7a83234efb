package dev.tombolo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A page's body on the standard input. */
record StandardInput(InputStream in, BareResponse response, long maxBytes) implements PageSource.Single {
    @Override
    public String input() {
        return "-";
    }

    @Override
    public String url() {
        return response.url();
    }

    @Override
    public NamedPage load(Duration timeout) {
        String name = "the standard input";
        try {
            return new NamedPage(input(), response.with(InputFiles.read(in, name, maxBytes)));
        } catch (IOException unreadable) {
            throw InputFiles.problem(name, unreadable);
        }
    }
}
