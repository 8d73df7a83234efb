package dev.tombolo.cli;

import java.util.Locale;

/** How information is written. */
enum InfoFormat {
    /** For people. */
    TEXT,
    /** A JSON object. */
    JSON;

    /**
     * Returns the format of the given name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static InfoFormat parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("unknown format [" + text + "]; use text or json");
        };
    }
}
