package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.technology.WebPage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Values of options. */
class ConvertersTest {
    @ParameterizedTest
    @CsvSource({"5, PT5S", "0.25, PT0.25S", "0, PT0S", "PT2M, PT2M", "pt1.5s, PT1.5S", "1e1, PT10S"})
    void durations(String text, Duration expected) {
        assertThat(new Converters.OfDuration().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "5s", "-1", "PT-1S", "1e99", "1e-99", "P"})
    void durationsThatAreNone(String text) {
        assertThatThrownBy(() -> new Converters.OfDuration().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void headers() {
        WebPage.Header header = new Converters.OfHeader().convert(" X-A :  b: ü ");
        assertThat(header.name()).isEqualTo("X-A");
        assertThat(header.text()).isEqualTo("b: ü");
    }
}
