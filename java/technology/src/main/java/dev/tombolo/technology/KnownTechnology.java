package dev.tombolo.technology;

import java.util.List;
import java.util.Optional;

/**
 * A technology that a fingerprint set knows.
 *
 * @param name the name
 * @param categories its categories
 * @param description a sentence or two on what it is; may be empty
 * @param website its home page; may be empty
 * @param icon the file name of its icon in Wappalyzer's set; may be empty
 * @param cpe its Common Platform Enumeration name; may be empty
 * @param implies what it implies, as the fingerprint writes it: a name, or {@code name\;confidence:N}
 * @param rules how it's found, where that was asked for
 */
public record KnownTechnology(
        String name,
        List<Category> categories,
        String description,
        String website,
        String icon,
        String cpe,
        List<String> implies,
        Optional<FingerprintRules> rules) {
    public KnownTechnology {
        categories = List.copyOf(categories);
        implies = List.copyOf(implies);
    }
}
