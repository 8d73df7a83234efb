package dev.tombolo.transport;

/** The versions that the two sides of the boundary compare; Go has them in go-lib/version. */
public final class Version {
    /** The version of tombolo. */
    public static final String LIBRARY = "0.1.0";

    /** The version of the sidecar's protocol. */
    public static final int PROTOCOL = 1;

    private Version() {}
}
