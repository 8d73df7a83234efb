package dev.tombolo.cli;

import dev.tombolo.StatusCode;
import dev.tombolo.TomboloException;
import dev.tombolo.technology.Detection;
import java.util.Objects;

/** What became of a page of the input. */
sealed interface PageResult {
    /** Returns the recorded page's id, otherwise the input as the user wrote it. */
    String id();

    /** Returns where the page came from; empty if that isn't known. */
    String url();

    /** The page was looked at. */
    record Answered(String id, String url, Detection detection) implements PageResult {}

    /**
     * The page couldn't be read, fetched or looked at.
     *
     * @param recorded whether it's one of many in its input
     */
    record Failed(String id, String url, StatusCode code, String message, boolean recorded) implements PageResult {
        static Failed of(String id, String url, TomboloException problem, boolean recorded) {
            return new Failed(id, url, problem.code(), Objects.requireNonNullElse(problem.getMessage(), ""), recorded);
        }
    }
}
