package dev.tombolo.cli;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How results are written. */
enum Format {
    /** For people. */
    TABLE,
    /** One JSON array, over many lines. */
    JSON,
    /** A JSON object a line. */
    JSONL,
    /** RFC 4180. */
    CSV;

    /**
     * Returns the format of the given name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Format parse(String text) {
        for (Format format : values()) {
            if (format.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        String known = Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown format [" + text + "]; use one of " + known);
    }

    /** Returns a writer of results in this format. */
    <T> ResultWriter<T> writer(Shape<T> shape, Supplier<ResultWriter<T>> table, OutputStream out) {
        return switch (this) {
            case TABLE -> table.get();
            case JSON -> new JsonArrayWriter<>(shape, out);
            case JSONL -> new JsonLinesWriter<>(shape, out);
            case CSV -> new CsvWriter<>(shape, out);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
