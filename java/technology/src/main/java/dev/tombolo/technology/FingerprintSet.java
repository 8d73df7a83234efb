package dev.tombolo.technology;

/**
 * A fingerprint set that was loaded.
 *
 * @param name its name, "sha256:" and 64 hexadecimal digits: the same content always has the same
 * @param technologies how many technologies it knows
 */
public record FingerprintSet(String name, int technologies) {}
