package dev.tombolo.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured: by the builder, else a system property, else an environment variable.
 *
 * @param property the system property; the variable is the same in capitals with underscores, as in TOMBOLO_MODE for
 *     tombolo.mode
 * @param parse reads a text; an IllegalArgumentException says what is wrong with it
 */
public record Setting<T>(String property, Function<String, T> parse) {
    /**
     * Returns the value.
     *
     * @param explicit the builder's value, which wins
     * @throws IllegalArgumentException if the text of the property or the variable can't be read; it names the source
     */
    public Optional<T> value(@Nullable T explicit) {
        if (explicit != null) {
            return Optional.of(explicit);
        }
        String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
        String text = System.getProperty(property);
        return text != null ? read("-D" + property, text) : read(variable, System.getenv(variable));
    }

    private Optional<T> read(String source, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.strip()));
        } catch (RuntimeException unusable) {
            throw new IllegalArgumentException(source + "=" + text + ": " + unusable.getMessage(), unusable);
        }
    }
}
