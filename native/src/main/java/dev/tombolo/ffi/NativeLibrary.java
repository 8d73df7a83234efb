package dev.tombolo.ffi;

import dev.tombolo.UnavailableException;
import dev.tombolo.ffi.bindings.TomboloLibrary;
import dev.tombolo.transport.PackedBinary;
import dev.tombolo.transport.Platform;
import dev.tombolo.transport.TransportSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Go library of this process. It can't be unloaded, and a second copy of it would be a second Go runtime; the dynamic
 * linker gives the same library for the same file, so what has to be kept is the path: whoever comes second, in another class
 * loader, opens the file that is mapped already.
 */
public final class NativeLibrary {
    private static final Pattern OWN_FILE = Pattern.compile("/libtombolo-[0-9a-f]{64}\\.(so|dylib)$");

    private static @Nullable NativeLibrary loaded;
    /** Why the loaded library can't be used; its bindings are fixed, so that it can't be tried again either. */
    private static @Nullable UnavailableException unusable;

    private final Path path;
    private final SymbolLookup symbols;

    private NativeLibrary(Path path) throws IOException {
        this.path = path;
        try {
            this.symbols = SymbolLookup.libraryLookup(path, Arena.global());
        } catch (IllegalCallerException denied) {
            throw new UnavailableException(
                    "this JVM was told to deny native access: " + denied.getMessage()
                            + ". Start it with --enable-native-access=dev.tombolo.ffi (on the class path:"
                            + " --enable-native-access=ALL-UNNAMED), or use -Dtombolo.mode=ipc.",
                    List.of());
        } catch (IllegalArgumentException refused) {
            // What dlopen says isn't passed on; by far the most common cause is the mount.
            throw new IOException(
                    "can't be loaded from here (is it mounted noexec, or built for another system?)", refused);
        }
    }

    /**
     * Returns the library of this class loader, loading it if need be.
     *
     * @throws UnavailableException if it can't be loaded, or another one is in this process
     */
    static synchronized NativeLibrary load(TransportSettings settings) {
        if (unusable != null) {
            throw new UnavailableException(String.valueOf(unusable.getMessage()), List.of());
        }
        NativeLibrary library = loaded;
        if (library == null) {
            library = open(settings);
            loaded = library; // the bindings ask for it
            try {
                library.start();
            } catch (UnavailableException refused) {
                unusable = refused;
                throw refused;
            } catch (LinkageError foreign) {
                unusable = new UnavailableException(
                        "library [" + library.path + "] isn't tombolo's: " + foreign.getMessage(), List.of());
                throw unusable;
            }
        } else if (settings.library().isPresent()
                && !library.path.equals(canonical(settings.library().get()))) {
            throw new UnavailableException(
                    "this process has loaded [" + library.path + "] and can't load ["
                            + settings.library().get() + "] too; start another JVM for it, or use -Dtombolo.mode=ipc.",
                    List.of());
        }
        return library;
    }

    private static NativeLibrary open(TransportSettings settings) {
        if (settings.library().isPresent()) {
            Path named = canonical(settings.library().get());
            if (!isMapped(named) && ProcessMaps.catchesUrgent()) {
                throw new UnavailableException(
                        "this process has a Go library already, and can't load [" + named
                                + "] too; start another JVM for it, or use -Dtombolo.mode=ipc.",
                        List.of());
            }
            try {
                return new NativeLibrary(named);
            } catch (IOException refused) {
                throw new UnavailableException("library [" + named + "] " + refused.getMessage(), List.of());
            }
        }
        PackedBinary packed = Preflight.packed(Platform.current()).orElseThrow();
        Optional<Path> mapped = mapped();
        if (mapped.isEmpty()) {
            return packed.useFirst(settings.nativeFolder(), NativeLibrary::new);
        }
        if (!mapped.get().endsWith(packed.fileName())) {
            throw new UnavailableException(
                    "this process has loaded another version of the library [" + mapped.get()
                            + "], and it can hold only one; use the same version of tombolo everywhere in it, or"
                            + " -Dtombolo.mode=ipc.",
                    List.of());
        }
        try {
            return new NativeLibrary(mapped.get());
        } catch (IOException gone) {
            throw new UnavailableException("library [" + mapped.get() + "] " + gone.getMessage(), List.of());
        }
    }

    private static Path canonical(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return path.toAbsolutePath();
        }
    }

    /** Returns whether the library that these settings mean, or a packed one, is in this process already. */
    static boolean isMapped(TransportSettings settings) {
        return mapped().isPresent()
                || settings.library()
                        .filter(library -> isMapped(canonical(library)))
                        .isPresent();
    }

    private static boolean isMapped(Path file) {
        return ProcessMaps.mapped(Pattern.compile("^" + Pattern.quote(file.toString()) + "$"))
                .isPresent();
    }

    /** Returns the file of a packed library that is in this process already, whoever loaded it. */
    static Optional<Path> mapped() {
        return ProcessMaps.mapped(OWN_FILE);
    }

    private void start() {
        int version = TomboloLibrary.tombolo_abi_version();
        if (version != TomboloLibrary.TOMBOLO_ABI_VERSION()) {
            throw new UnavailableException(
                    "library [" + path + "] has version " + version + " of the C ABI and this module "
                            + TomboloLibrary.TOMBOLO_ABI_VERSION() + "; use the same version of both.",
                    List.of());
        }
        int guarded = TomboloLibrary.tombolo_guard_signals();
        System.getLogger("dev.tombolo.ffi")
                .log(
                        Level.DEBUG,
                        () -> "loaded " + path + "; " + guarded + " signal handlers were moved to the signal stack");
    }

    /** Returns where the generated bindings find their functions; for them only. */
    public static SymbolLookup symbols() {
        NativeLibrary library = loaded;
        if (library == null) {
            throw new AssertionError("a binding was used before the library was loaded");
        }
        return library.symbols;
    }

    /** Returns the file that it was loaded from. */
    Path path() {
        return path;
    }
}
