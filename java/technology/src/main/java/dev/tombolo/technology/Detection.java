package dev.tombolo.technology;

import java.util.List;
import java.util.Optional;

/**
 * What was found on one page.
 *
 * @param technologies the technologies, sorted by name
 * @param title the page's title, where its content type is HTML or absent: the text of its last title element, with U+FFFD
 *     for what isn't UTF-8, and empty text where it has none. Empty where it wasn't asked for or the page isn't HTML
 * @param fingerprintSet the name of the fingerprint set that answered
 * @param matcher who looked; never {@link Matcher#DEFAULT}
 */
public record Detection(List<Technology> technologies, Optional<String> title, String fingerprintSet, Matcher matcher) {
    public Detection {
        technologies = List.copyOf(technologies);
    }

    /** Returns the technology of that name, if it was found. */
    public Optional<Technology> technology(String name) {
        return technologies.stream()
                .filter(technology -> technology.name().equals(name))
                .findFirst();
    }
}
