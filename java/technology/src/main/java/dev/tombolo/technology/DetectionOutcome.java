package dev.tombolo.technology;

import dev.tombolo.TomboloException;

/** What became of one page among many. */
public sealed interface DetectionOutcome {
    /** Returns the page. */
    WebPage page();

    /**
     * Returns what was found.
     *
     * @throws TomboloException if the page failed
     */
    Detection orElseThrow();

    /** The page was looked at. */
    record Detected(WebPage page, Detection detection) implements DetectionOutcome {
        @Override
        public Detection orElseThrow() {
            return detection;
        }
    }

    /** The page failed; the others didn't because of it. */
    record Failed(WebPage page, TomboloException exception) implements DetectionOutcome {
        @Override
        public Detection orElseThrow() {
            throw exception;
        }
    }
}
