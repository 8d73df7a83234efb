package dev.tombolo.cli;

import dev.tombolo.DeadlineExceededException;
import dev.tombolo.InvalidArgumentException;
import dev.tombolo.TomboloException;
import dev.tombolo.UnavailableException;
import dev.tombolo.technology.WebPage;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches pages from web servers. Whatever status a server answers with, its answer is a page. Safe for use by many threads. */
final class PageFetcher {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final String USER_AGENT = "Mozilla/5.0 (compatible; tombolo/" + ProgramVersion.text() + ")";

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(Redirect.NORMAL)
            .build();
    private final long maxBytes;

    PageFetcher(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Fetches a page.
     *
     * @param timeout how long that may take in all, redirects and body included; zero for no limit
     * @throws TomboloException if there is no answer, or one that can't be taken
     */
    WebPage fetch(String url, Duration timeout) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(request(url), LimitedBody.upTo(maxBytes));
        try {
            HttpResponse<byte[]> response =
                    timeout.isZero() ? future.get() : future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            refuseRedirect(url, response);
            return WebPage.of(response);
        } catch (ExecutionException problem) {
            throw FetchProblem.of(url, problem.getCause());
        } catch (TimeoutException slow) {
            throw new DeadlineExceededException(
                    "[" + url + "] wasn't fetched within " + timeout.toMillis() / 1000.0 + " s", List.of());
        } finally {
            future.cancel(true);
        }
    }

    private static HttpRequest request(String url) {
        URI uri = uri(url);
        return HttpRequest.newBuilder(uri)
                // Over plain HTTP, asking for HTTP/2 is a header that some servers stumble over.
                .version("http".equalsIgnoreCase(uri.getScheme()) ? Version.HTTP_1_1 : Version.HTTP_2)
                .header("User-Agent", USER_AGENT)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Encoding", "gzip")
                .build();
    }

    private static URI uri(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException wrong) {
            throw new InvalidArgumentException("[" + url + "] is no URL: " + wrong.getReason(), List.of());
        }
        if (uri.getHost() == null || uri.getPort() > 0xffff) {
            throw new InvalidArgumentException("[" + url + "] is no URL: it names no host", List.of());
        }
        return URI.create(uri.toASCIIString());
    }

    /** A redirect that the client didn't follow is one too many, or leads out of TLS. */
    private static void refuseRedirect(String url, HttpResponse<byte[]> response) {
        String target = response.headers().firstValue("location").orElse("");
        boolean redirect = switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> !target.isEmpty();
            default -> false;
        };
        if (redirect) {
            throw new UnavailableException(
                    "[" + url + "] redirects too often, or from https to http; the last redirect is to [" + target
                            + "]",
                    List.of());
        }
    }
}
