package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line may record. */
class RecordedPageTest {
    private static RecordedPage parse(String line) {
        return RecordedPage.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> headers(RecordedPage page) {
        return page.headers().stream()
                .map(header -> header.name() + "=" + header.text())
                .toList();
    }

    @Test
    void everythingOfTheFormat() {
        RecordedPage page = parse("""
                {"id":"a","url":"http://a/","headers":{"Server":["x","y"],"Via":"z"},"body_base64":"aGk=",
                "status":404,"source":{"any":["thing"]}}""");
        assertThat(page.id()).isEqualTo("a");
        assertThat(page.url()).isEqualTo("http://a/");
        assertThat(headers(page)).containsExactly("Server=x", "Server=y", "Via=z");
        assertThat(page.body()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
    }

    @Test
    void everythingIsOptional() {
        RecordedPage page = parse("{}");
        assertThat(page.id()).isEmpty();
        assertThat(page.url()).isEmpty();
        assertThat(page.headers()).isEmpty();
        assertThat(page.body()).isEmpty();
    }

    @Test
    void nullsAreAsIfTheyWereAbsent() {
        RecordedPage page = parse("{\"id\":null,\"headers\":{\"a\":null,\"b\":[null,\"c\"]},\"body_base64\":null}");
        assertThat(page.id()).isEmpty();
        assertThat(headers(page)).containsExactly("b=c");
        assertThat(page.body()).isEmpty();
    }

    @Test
    void theBodyMayBeText() {
        assertThat(parse("{\"body\":\"ü\\ud800\"}").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("ü?");
    }

    @Test
    void headersWithoutANameAreLeftAside() {
        assertThat(headers(parse("{\"headers\":{\"\":\"x\",\"a\":\"b\"}}"))).containsExactly("a=b");
    }

    @Test
    void base64MayLackItsPadding() {
        assertThat(parse("{\"body_base64\":\"aGk\"}").body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("hi");
    }

    @Test
    void numbersAreTakenAsTexts() {
        assertThat(parse("{\"id\":7}").id()).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json            | not valid JSON: Unrecognized token 'no'",
                "[]                 | not a JSON object",
                "{} {}              | there is something after the JSON object",
                "{\"id\":\"a        | not valid JSON: Unexpected end-of-input",
                "{\"id\":{}}        | its \"id\" isn't a text",
                "{\"headers\":[]}   | its \"headers\" isn't an object",
                "{\"headers\":{\"a\":{}}} | its \"a\" isn't a text",
                "{\"body_base64\":\"*\"}  | its \"body_base64\" isn't base64",
                "{\"body_base64\":1}      | its \"body_base64\" isn't a text",
            })
    void whatIsWrongIsSaid(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
