package dev.tombolo.cli;

import dev.tombolo.TomboloException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The pages of all inputs in their order. An input is opened when its turn comes; one that can't be is a failed page. */
final class PageChain implements Iterator<PendingPage>, Closeable {
    private final Iterator<PageSource> sources;
    private PageSource.@Nullable Pages open;
    private @Nullable PendingPage next;

    PageChain(List<PageSource> sources) {
        this.sources = sources.iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (open != null && open.hasNext()) {
                next = open.next();
            } else if (sources.hasNext()) {
                close();
                next = openOrFail(sources.next());
            } else {
                return false;
            }
        }
        return true;
    }

    /** Opens the next input. Returns a failed page in its place if that can't be done. */
    private @Nullable PendingPage openOrFail(PageSource source) {
        try {
            open = source.open();
            return null;
        } catch (TomboloException problem) {
            return new Unopened(source.input(), problem);
        }
    }

    @Override
    public PendingPage next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        PendingPage page = next;
        next = null;
        return page;
    }

    @Override
    public void close() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException unimportant) {
            // All that was wanted of it was read.
        }
        open = null;
    }

    /** An input that couldn't be opened. */
    private record Unopened(String input, TomboloException problem) implements PendingPage {
        @Override
        public NamedPage load(Duration timeout) {
            throw problem;
        }
    }
}
