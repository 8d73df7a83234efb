package dev.tombolo.technology;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to look at a page. Immutable; made from {@link #DEFAULTS}.
 *
 * @param title whether the answer gives the page's title
 * @param matcher who looks
 * @param fingerprintSet the set to look with, from {@link TechnologyDetector#loadFingerprints}; empty for the built-in one
 * @param maxBodyBytes the largest body to look at, in bytes; a larger one is refused. Empty for the library's limit
 * @param evidence whether the answer says by what each technology was recognised; costs some time, and not with {@link
 *     Matcher#REFERENCE}
 * @param timeout how long the call may take, {@link Duration#ZERO} for no limit; empty for the detector's default
 */
public record DetectOptions(
        boolean title,
        Matcher matcher,
        Optional<String> fingerprintSet,
        OptionalLong maxBodyBytes,
        boolean evidence,
        Optional<Duration> timeout) {
    /** The title too, the default matcher, the built-in set, no evidence, no limits of its own. */
    public static final DetectOptions DEFAULTS =
            new DetectOptions(true, Matcher.DEFAULT, Optional.empty(), OptionalLong.empty(), false, Optional.empty());

    public DetectOptions {
        if (maxBodyBytes.isPresent() && maxBodyBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("maxBodyBytes must not be negative: " + maxBodyBytes.getAsLong());
        }
        if (timeout.isPresent() && timeout.get().isNegative()) {
            throw new IllegalArgumentException("the timeout must not be negative: " + timeout.get());
        }
    }

    /** The same, with or without the title. */
    public DetectOptions withTitle(boolean title) {
        return new DetectOptions(title, matcher, fingerprintSet, maxBodyBytes, evidence, timeout);
    }

    /** The same, with another matcher. */
    public DetectOptions withMatcher(Matcher matcher) {
        return new DetectOptions(title, matcher, fingerprintSet, maxBodyBytes, evidence, timeout);
    }

    /** The same, with a loaded fingerprint set. */
    public DetectOptions withFingerprintSet(String name) {
        return new DetectOptions(title, matcher, Optional.of(name), maxBodyBytes, evidence, timeout);
    }

    /** The same, with a limit on the body, in bytes. */
    public DetectOptions withMaxBodyBytes(long bytes) {
        return new DetectOptions(title, matcher, fingerprintSet, OptionalLong.of(bytes), evidence, timeout);
    }

    /** The same, with or without evidence. */
    public DetectOptions withEvidence(boolean evidence) {
        return new DetectOptions(title, matcher, fingerprintSet, maxBodyBytes, evidence, timeout);
    }

    /** The same, with a time limit; {@link Duration#ZERO} for none. */
    public DetectOptions withTimeout(Duration timeout) {
        return new DetectOptions(title, matcher, fingerprintSet, maxBodyBytes, evidence, Optional.of(timeout));
    }
}
