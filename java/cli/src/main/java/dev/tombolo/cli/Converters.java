package dev.tombolo.cli;

import dev.tombolo.Mode;
import dev.tombolo.technology.Matcher;
import dev.tombolo.technology.WebPage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Readers of option values, which say in a sentence what is wrong with one. */
final class Converters {
    private Converters() {}

    private static <T> T parsed(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    /** Reads --mode. */
    static final class OfMode implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String text) {
            return parsed(Mode::parse, text);
        }
    }

    /** Reads --matcher. */
    static final class OfMatcher implements ITypeConverter<Matcher> {
        @Override
        public Matcher convert(String text) {
            return parsed(Matcher::parse, text);
        }
    }

    /** Reads --format of results. */
    static final class OfFormat implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return parsed(Format::parse, text);
        }
    }

    /** Reads --format of information. */
    static final class OfInfoFormat implements ITypeConverter<InfoFormat> {
        @Override
        public InfoFormat convert(String text) {
            return parsed(InfoFormat::parse, text);
        }
    }

    /** Reads --timeout: a number of seconds, or an ISO-8601 duration. */
    static final class OfDuration implements ITypeConverter<Duration> {
        private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

        @Override
        public Duration convert(String text) {
            Duration duration;
            try {
                duration = text.regionMatches(true, 0, "P", 0, 1)
                        ? Duration.parse(text)
                        : Duration.ofNanos(new BigDecimal(text).multiply(NANOS).longValueExact());
            } catch (NumberFormatException | ArithmeticException | DateTimeParseException unreadable) {
                throw new TypeConversionException(
                        "[" + text + "] is neither a number of seconds nor a duration such as PT30S");
            }
            if (duration.isNegative()) {
                throw new TypeConversionException("[" + text + "] is less than nothing");
            }
            return duration;
        }
    }

    /** Reads --header: a line of a response. */
    static final class OfHeader implements ITypeConverter<WebPage.Header> {
        @Override
        public WebPage.Header convert(String text) {
            int colon = text.indexOf(':');
            if (colon < 0 || text.substring(0, colon).isBlank()) {
                throw new TypeConversionException("[" + text + "] is no header; write 'Name: value'");
            }
            byte[] value = text.substring(colon + 1).strip().getBytes(StandardCharsets.UTF_8);
            return new WebPage.Header(text.substring(0, colon).strip(), value);
        }
    }
}
