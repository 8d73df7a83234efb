package dev.tombolo;

import java.util.Locale;

/** Where the Go library runs. */
public enum Mode {
    /** In this process, over the Foreign Function and Memory API: the fastest. A fatal error in Go ends the process. */
    FFI,
    /** In a sidecar process that tombolo starts, guards and stops: contained. */
    IPC,
    /** {@link #FFI} where that is safe, otherwise {@link #IPC}; {@link RuntimeInfo#reason()} tells which and why. */
    AUTO;

    /**
     * Returns the mode of the given name.
     *
     * @param text "ffi", "ipc" or "auto" in any case
     * @throws IllegalArgumentException if it is none of them
     */
    public static Mode parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ffi" -> FFI;
            case "ipc" -> IPC;
            case "auto" -> AUTO;
            default -> throw new IllegalArgumentException("unknown mode [" + text + "]; use ffi, ipc or auto");
        };
    }

    /** Returns the name as users write it: "ffi", "ipc" or "auto". */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
