package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tombolo.DeadlineExceededException;
import dev.tombolo.InvalidArgumentException;
import dev.tombolo.ResourceExhaustedException;
import dev.tombolo.UnavailableException;
import dev.tombolo.technology.WebPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages from a web server of our own. */
class PageFetcherTest {
    private static final Duration AMPLE = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PageFetcher fetcher = new PageFetcher(1000);
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        base = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void followsRedirectsAndSaysWhoItIs() throws InterruptedException {
        server.createContext("/from", exchange -> {
            exchange.getResponseHeaders().add("Location", "/to");
            answer(exchange, 302, new byte[0]);
        });
        server.createContext("/to", exchange -> {
            String agent = exchange.getRequestHeaders().getFirst("User-Agent");
            exchange.getResponseHeaders().add("X-Agent", agent);
            answer(exchange, 404, "gone".getBytes(StandardCharsets.UTF_8));
        });
        WebPage page = fetcher.fetch(base + "/from", AMPLE);
        assertThat(page.url()).isEqualTo(base + "/to");
        assertThat(page.bodyLength()).isEqualTo(4);
        assertThat(page.headers())
                .anyMatch(header -> header.name().equalsIgnoreCase("x-agent")
                        && header.text().startsWith("Mozilla/5.0 (compatible; tombolo/"));
    }

    @Test
    void undoesCompression() throws InterruptedException {
        server.createContext("/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("gzip");
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
                gzip.write(new byte[500]);
            }
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            answer(exchange, 200, body.toByteArray());
        });
        assertThat(fetcher.fetch(base + "/", AMPLE).bodyLength()).isEqualTo(500);
    }

    @Test
    void givesUpOnRedirectsWithoutEnd() {
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/again");
            answer(exchange, 302, new byte[0]);
        });
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> fetcher.fetch(base + "/", AMPLE))
                .withMessage(
                        "[" + base + "/] redirects too often, or from https to http; the last redirect is to [/again]");
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            // Headers and half of a body, and then nothing.
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[5]);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThatExceptionOfType(DeadlineExceededException.class)
                    .isThrownBy(() -> fetcher.fetch(base + "/", Duration.ofMillis(300)))
                    .withMessage("[" + base + "/] wasn't fetched within 0.3 s");
        } finally {
            over.countDown();
        }
    }

    @Test
    void refusesABodyThatIsAnnouncedAsTooLarge() {
        server.createContext("/", exchange -> answer(exchange, 200, new byte[1001]));
        assertThatExceptionOfType(ResourceExhaustedException.class)
                .isThrownBy(() -> fetcher.fetch(base + "/", AMPLE))
                .withMessage("[" + base + "/] has 1001 bytes; the limit is 1000 (tombolo.maxRequestBytes)");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.close();
        });
        assertThatExceptionOfType(ResourceExhaustedException.class)
                .isThrownBy(() -> fetcher.fetch(base + "/", AMPLE))
                .withMessageMatching("\\[" + base + "/] has at least \\d+ bytes; the limit is 1000 .*");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "http://localhost:" + port + "/";
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> fetcher.fetch(url, AMPLE))
                .withMessage("[" + url + "] can't be fetched: the server can't be reached, or refuses the connection");
    }

    @Test
    void saysThatTlsFails() throws IOException {
        try (ServerSocket plain = new ServerSocket(0)) {
            threads.submit(() -> {
                // The client connects again if it's quicker than the answer.
                while (true) {
                    try (Socket socket = plain.accept()) {
                        socket.getInputStream().read();
                        socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                        socket.shutdownOutput();
                        socket.getInputStream().readAllBytes();
                    } catch (SocketException gone) {
                        if (plain.isClosed()) {
                            return null;
                        }
                    }
                }
            });
            String url = "https://localhost:" + plain.getLocalPort() + "/";
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(() -> fetcher.fetch(url, AMPLE))
                    .withMessageStartingWith("[" + url + "] can't be fetched: TLS failed: ");
        }
    }

    @Test
    void saysWhatIsNoUrl() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> fetcher.fetch("http://a b/", AMPLE))
                .withMessage("[http://a b/] is no URL: Illegal character in authority");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> fetcher.fetch("http:///a", AMPLE))
                .withMessage("[http:///a] is no URL: it names no host");
    }
}
