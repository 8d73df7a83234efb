package dev.tombolo.cli;

import dev.tombolo.ResourceExhaustedException;
import dev.tombolo.TomboloException;
import dev.tombolo.technology.DetectOptions;
import dev.tombolo.technology.Detection;
import dev.tombolo.technology.TechnologyDetector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Loads and looks at page after page, some of them at the same time, and gives the results in the order of the pages. A page
 * is loaded on the thread that looks at it, so that a slow server or a long line holds up as few others as possible;
 * {@link TechnologyDetector#detectAll} takes pages that are loaded already. For one thread.
 */
final class Detections implements Iterator<PageResult>, AutoCloseable {
    private static final int PARALLELISM = 2 * Runtime.getRuntime().availableProcessors();
    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);

    private final Iterator<PendingPage> pages;
    private final TechnologyDetector detector;
    private final DetectOptions options;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            PARALLELISM, Thread.ofPlatform().daemon().name("tombolo-page-", 0).factory());
    private final ArrayDeque<Future<PageResult>> running = new ArrayDeque<>();

    /**
     * @param pages the pages, taken as results are taken
     * @param options how to look; their timeout is for loading and looking together
     */
    Detections(Iterator<PendingPage> pages, TechnologyDetector detector, DetectOptions options) {
        this.pages = pages;
        this.detector = detector;
        this.options = options;
    }

    @Override
    public boolean hasNext() {
        while (running.size() < PARALLELISM && pages.hasNext()) {
            PendingPage page = pages.next();
            running.add(threads.submit(() -> result(page)));
        }
        return !running.isEmpty();
    }

    @Override
    public PageResult next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return running.remove().get();
        } catch (InterruptedException | ExecutionException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private PageResult result(PendingPage pending) throws InterruptedException {
        String id = pending.input();
        String url = pending.url();
        try {
            long started = System.nanoTime();
            NamedPage named = pending.load(options.timeout().orElse(FETCH_TIMEOUT));
            id = named.id();
            url = named.page().url();
            Detection detection =
                    detector.detect(named.page(), remaining(Duration.ofNanos(System.nanoTime() - started)));
            return new PageResult.Answered(id, url, detection);
        } catch (TomboloException problem) {
            return PageResult.Failed.of(id, url, problem, pending.isRecorded());
        } catch (OutOfMemoryError full) {
            TomboloException problem = new ResourceExhaustedException(
                    "[" + id + "] doesn't fit into Java's memory; give it more, for example TOMBOLO_OPTS=-Xmx4g",
                    List.of());
            return PageResult.Failed.of(id, url, problem, pending.isRecorded());
        }
    }

    private DetectOptions remaining(Duration used) {
        Optional<Duration> timeout = options.timeout().filter(limit -> !limit.isZero());
        if (timeout.isEmpty()) {
            return options;
        }
        Duration left = timeout.get().minus(used);
        return options.withTimeout(left.isPositive() ? left : Duration.ofNanos(1)); // zero would be no limit
    }

    /** Stops what is running. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
