package dev.tombolo.technology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A technology that a page uses.
 *
 * @param name the name, such as "WordPress"
 * @param version the version, where the page tells it
 * @param confidence how sure the fingerprints are, 1 to 100; empty where the matcher doesn't tell
 * @param categories its categories, in the fingerprint's order
 * @param description a sentence or two on what it is; may be empty
 * @param website its home page; may be empty
 * @param icon the file name of its icon in Wappalyzer's set; may be empty
 * @param cpe its Common Platform Enumeration name; may be empty
 * @param implied whether it was only inferred from another technology; empty where the matcher doesn't tell
 * @param evidence by what it was recognised, where that was asked for: at most 32 of its own patterns and 32 implications, in the
 *     order in which they were found
 */
public record Technology(
        String name,
        Optional<String> version,
        OptionalInt confidence,
        List<Category> categories,
        String description,
        String website,
        String icon,
        String cpe,
        Optional<Boolean> implied,
        List<Evidence> evidence) {
    public Technology {
        categories = List.copyOf(categories);
        evidence = List.copyOf(evidence);
    }

    /** Returns the version, or something else where the page doesn't tell it. */
    public String versionOr(String other) {
        return version.orElse(other);
    }
}
