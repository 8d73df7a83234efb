package dev.tombolo.cli;

import dev.tombolo.DeadlineExceededException;
import dev.tombolo.ResourceExhaustedException;
import dev.tombolo.TomboloException;
import dev.tombolo.UnavailableException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence why a page couldn't be fetched; the HTTP client's own messages are often empty. */
final class FetchProblem {
    private FetchProblem() {}

    /** Returns the error for what the HTTP client threw. */
    static TomboloException of(String url, @Nullable Throwable problem) {
        LimitedBody.TooLargeException tooLarge = cause(problem, LimitedBody.TooLargeException.class);
        if (tooLarge != null) {
            return new ResourceExhaustedException("[" + url + "] " + tooLarge.getMessage(), List.of());
        }
        if (cause(problem, HttpTimeoutException.class) != null) {
            return new DeadlineExceededException("[" + url + "] can't be fetched: connecting took too long", List.of());
        }
        return new UnavailableException("[" + url + "] can't be fetched: " + reason(url, problem), List.of());
    }

    private static String reason(String url, @Nullable Throwable problem) {
        if (cause(problem, UnresolvedAddressException.class) != null) {
            return "there is no host [" + URI.create(url).getHost() + "]";
        }
        SSLException tls = cause(problem, SSLException.class);
        if (tls != null) {
            return "TLS failed: " + tls.getMessage();
        }
        if (cause(problem, ConnectException.class) != null) {
            return "the server can't be reached, or refuses the connection";
        }
        return problem == null ? "no answer" : Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    }

    private static <T extends Throwable> @Nullable T cause(@Nullable Throwable problem, Class<T> type) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
