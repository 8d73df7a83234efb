package dev.tombolo;

import java.util.Locale;

/** Which implementation of Unix-domain sockets {@link Mode#IPC} uses. */
public enum IpcSocket {
    /** The junixsocket library, which has a native part of its own. */
    JUNIXSOCKET,
    /** The JDK's channel, which needs no native library. */
    JDK,
    /**
     * {@link #JUNIXSOCKET} where its native part can be loaded, otherwise {@link #JDK}; and {@link #JDK} where junixsocket's class
     * loader may be dropped before the JVM ends, as in an application server, which that native part would prevent.
     */
    AUTO;

    /**
     * Returns the socket of the given name.
     *
     * @param text "junixsocket", "jdk" or "auto" in any case
     * @throws IllegalArgumentException if it is none of them
     */
    public static IpcSocket parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "junixsocket" -> JUNIXSOCKET;
            case "jdk" -> JDK;
            case "auto" -> AUTO;
            default ->
                throw new IllegalArgumentException("unknown socket [" + text + "]; use junixsocket, jdk or auto");
        };
    }

    /** Returns the name as users write it: "junixsocket", "jdk" or "auto". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
