package dev.tombolo.ffi;

import dev.tombolo.transport.PackedBinary;
import dev.tombolo.transport.Platform;
import dev.tombolo.transport.TransportSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks for reasons not to load a Go library into this process. */
final class Preflight {
    private static final String REMEDY = " Use -Dtombolo.mode=ipc, which runs the library in a process of its own.";
    private static final Pattern MUSL = Pattern.compile("/ld-musl-[^/]*$");
    private static final Pattern JSIG = Pattern.compile("/libjsig\\.so$");

    private Preflight() {}

    /** Returns what was seen, why it's a problem, and the remedy; empty if nothing speaks against loading. */
    static Optional<String> objection(TransportSettings settings) {
        Platform platform = Platform.current();
        if (settings.library().isPresent()) {
            Path library = settings.library().get();
            if (!Files.isRegularFile(library)) {
                return Optional.of(
                        "there is no library [" + library + "], which tombolo.library names; correct the path.");
            }
        } else if (packed(platform).isEmpty()) {
            return Optional.of("no library is packed for this platform, " + platform.classifier()
                    + ". Build one there and name it with -Dtombolo.library=FILE, or use -Dtombolo.mode=ipc.");
        }
        Optional<Path> musl = ProcessMaps.mapped(MUSL);
        if (musl.isPresent()) {
            return Optional.of("this JVM runs on musl [" + musl.get()
                    + "], which can't load a Go library at run time (golang/go#54805)." + REMEDY);
        }
        Optional<Path> jsig = ProcessMaps.mapped(JSIG);
        if (jsig.isPresent()) {
            return Optional.of("libjsig is loaded [" + jsig.get()
                    + "]; it keeps Go's signal handlers from their faults, which ends the process." + REMEDY);
        }
        // A library that is mapped already is the one to use, so only a stranger's runtime is in the way.
        if (!NativeLibrary.isMapped(settings) && ProcessMaps.catchesUrgent()) {
            return Optional.of(
                    "another Go library seems to be in this process (signal URG is taken); two Go runtimes take"
                            + " each other's signals, and their garbage collection stalls." + REMEDY);
        }
        return Optional.empty();
    }

    static Optional<PackedBinary> packed(Platform platform) {
        return PackedBinary.find(Preflight.class, platform, "native", platform.libraryFile("libtombolo"));
    }
}
