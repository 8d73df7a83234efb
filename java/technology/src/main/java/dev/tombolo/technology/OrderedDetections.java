package dev.tombolo.technology;

import dev.tombolo.CallCancelledException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Detects page after page, some of them at the same time, and gives the outcomes in the order of the pages. For one thread. */
final class OrderedDetections implements Iterator<DetectionOutcome>, AutoCloseable {
    private final Iterator<WebPage> pages;
    private final Function<WebPage, CompletableFuture<DetectionOutcome>> detect;
    private final int parallelism;
    private final ArrayDeque<CompletableFuture<DetectionOutcome>> running = new ArrayDeque<>();

    OrderedDetections(
            Iterator<WebPage> pages, Function<WebPage, CompletableFuture<DetectionOutcome>> detect, int parallelism) {
        this.pages = pages;
        this.detect = detect;
        this.parallelism = parallelism;
    }

    @Override
    public boolean hasNext() {
        while (running.size() < parallelism && pages.hasNext()) {
            running.add(detect.apply(pages.next()));
        }
        return !running.isEmpty();
    }

    @Override
    public DetectionOutcome next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            // Taken out when it's there: until then it's among those that an interrupt cancels.
            DetectionOutcome outcome = running.element().get();
            running.remove();
            return outcome;
        } catch (InterruptedException interrupt) {
            close();
            Thread.currentThread().interrupt();
            throw new CallCancelledException("the thread was interrupted while it waited for a page", List.of());
        } catch (ExecutionException problem) {
            close();
            if (problem.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(problem.getCause());
        }
    }

    /** Cancels what is running. */
    @Override
    public void close() {
        running.forEach(detection -> detection.cancel(true));
        running.clear();
    }
}
