package dev.tombolo.cli;

import dev.tombolo.TomboloException;
import java.time.Duration;

/** A page of the input that is still to be read or fetched, which many threads do at the same time. */
interface PendingPage {
    /** Returns the input that it's of, as the user wrote it. */
    String input();

    /** Returns where it comes from as far as that is known; otherwise empty text. */
    default String url() {
        return "";
    }

    /** Returns whether it's one of many in its input, so that its errors aren't worth a sentence each. */
    default boolean isRecorded() {
        return false;
    }

    /**
     * Reads or fetches it.
     *
     * @param timeout how long fetching may take; zero for no limit
     * @throws TomboloException if it can't be read; the message names the input
     */
    NamedPage load(Duration timeout) throws InterruptedException;
}
