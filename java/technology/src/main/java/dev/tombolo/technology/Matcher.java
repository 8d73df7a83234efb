package dev.tombolo.technology;

import java.util.Locale;

/** Who looks for the technologies. */
public enum Matcher {
    /** The library's default. */
    DEFAULT,
    /** Tombolo's matcher, with wappalyzergo's answers from an index of the fingerprints; the default. */
    INDEXED,
    /**
     * wappalyzergo's own code: the yardstick, and slow. It has the built-in fingerprints only, and tells neither evidence nor what was
     * implied nor confidence, but for implied names that carry one in the fingerprint.
     */
    REFERENCE;

    /**
     * Returns the matcher of the given name.
     *
     * @param text the name in any case
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Matcher parse(String text) {
        for (Matcher matcher : values()) {
            if (matcher.toString().equals(text.toLowerCase(Locale.ROOT))) {
                return matcher;
            }
        }
        throw new IllegalArgumentException("unknown matcher [" + text + "]; use default, indexed or reference");
    }

    /** Returns the name as users write it, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
