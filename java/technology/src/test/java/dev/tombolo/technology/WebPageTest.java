package dev.tombolo.technology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Pages hold what was given to them, and responses become pages as they came. */
class WebPageTest {
    @Test
    void keepsHeadersInOrderWithTheirBytes() {
        WebPage page = WebPage.builder()
                .url("https://example.org/")
                .header("Server", "nginx")
                .header("Set-Cookie", "a=1")
                .header("set-cookie", new byte[] {(byte) 0xff, 0})
                .body("text")
                .build();
        assertThat(page.url()).isEqualTo("https://example.org/");
        assertThat(page.headers())
                .extracting(WebPage.Header::name)
                .containsExactly("Server", "Set-Cookie", "set-cookie");
        assertThat(page.headers().get(2).value()).containsExactly(0xff, 0);
        assertThat(page.bodyLength()).isEqualTo(4);
        assertThat(page.body().isReadOnly()).isTrue();
        assertThat(page).hasToString("WebPage[https://example.org/, 3 headers, 4 bytes]");
    }

    @Test
    void refusesAHeaderWithoutAName() {
        assertThatThrownBy(() -> WebPage.builder().header(" ", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isMadeOfMaps() {
        WebPage page = WebPage.of("u", Map.of("A", List.of("1", "ü")), new byte[] {1, 2, 3});
        assertThat(page.headers()).extracting(WebPage.Header::text).containsExactly("1", "ü");
        assertThat(page.body().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3);
    }

    @Test
    void isMadeOfAResponseAsItCame() throws Exception {
        byte[] body = "<title>Hi</title>".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "a=1");
            exchange.getResponseHeaders().add("Set-Cookie", "b=2");
            exchange.getResponseHeaders().add("X-Latin", "\u00fc");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, compressed.size());
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(compressed.toByteArray());
            }
        });
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
            WebPage page = WebPage.of(response);
            assertThat(page.url()).isEqualTo(uri.toString());
            assertThat(page.body().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(body);
            assertThat(page.headers())
                    .filteredOn(header -> header.name().equalsIgnoreCase("set-cookie"))
                    .extracting(WebPage.Header::text)
                    .containsExactly("a=1", "b=2");
            assertThat(page.headers())
                    .filteredOn(header -> header.name().equalsIgnoreCase("x-latin"))
                    .singleElement()
                    .satisfies(header -> assertThat(header.value()).containsExactly(0xfc));
        } finally {
            server.stop(0);
        }
    }
}
