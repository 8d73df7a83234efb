package dev.tombolo.technology;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reason for a technology: a pattern with the place where it first matched, or another technology.
 *
 * @param source the part of the response
 * @param key the name of the header, cookie or meta element in lower case; empty for other sources
 * @param pattern the pattern as the fingerprint writes it; empty for {@link Source#IMPLIED}
 * @param text what the pattern matched, at most 512 bytes of it, with U+FFFD for what isn't UTF-8; empty for a pattern that
 *     matches whatever is there
 * @param offset where the text begins in the body, in bytes; empty where it isn't in the body as it was matched: in headers and
 *     cookies, and in attributes with entities
 * @param version the version that the pattern gave
 * @param confidence the confidence of the pattern or the implication, 0 to 100
 * @param impliedBy the technology that implies this one; for {@link Source#IMPLIED} only
 */
public record Evidence(
        Source source,
        String key,
        String pattern,
        String text,
        OptionalLong offset,
        Optional<String> version,
        int confidence,
        Optional<String> impliedBy) {

    /** A part of a response in which something can be found. */
    public enum Source {
        /** A header's value. */
        HEADER,
        /** A cookie that Set-Cookie sets. */
        COOKIE,
        /** The content of a meta element. */
        META,
        /** The body as a whole. */
        HTML,
        /** The src of a script element. */
        SCRIPT,
        /** Another technology. */
        IMPLIED,
        /** Something that a newer library knows and this version doesn't. */
        OTHER
    }
}
