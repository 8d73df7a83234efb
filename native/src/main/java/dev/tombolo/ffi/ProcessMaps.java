package dev.tombolo.ffi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of this process: which files are mapped, and which signals are caught. Elsewhere it knows nothing. */
final class ProcessMaps {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern CAUGHT = Pattern.compile("(?m)^SigCgt:\\s*([0-9a-fA-F]+)$");
    /** The number on all Linux architectures that Go has a port for, but MIPS. */
    private static final int SIGURG = 23;

    private ProcessMaps() {}

    /** Returns the path of a mapped file whose path matches. */
    static Optional<Path> mapped(Pattern path) {
        return lines(MAPS)
                .lines()
                .map(line -> line.indexOf('/') < 0 ? "" : line.substring(line.indexOf('/')))
                .filter(file -> path.matcher(file).find())
                .findFirst()
                .map(Path::of);
    }

    /** Returns whether something in this process handles SIGURG, as every Go runtime does and the JVM doesn't. */
    static boolean catchesUrgent() {
        Matcher caught = CAUGHT.matcher(lines(STATUS));
        return caught.find() && (Long.parseUnsignedLong(caught.group(1), 16) >>> (SIGURG - 1) & 1) == 1;
    }

    private static String lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException notLinux) {
            return "";
        }
    }
}
