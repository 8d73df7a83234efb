package dev.tombolo.cli;

import dev.tombolo.technology.TechnologyDetector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what technologies are known. */
final class FingerprintOptions {
    /** The built-in file has 3 MB. */
    private static final long MAX_BYTES = 128L << 20;

    @Option(
            names = "--fingerprints",
            paramLabel = "FILE",
            description =
                    "Fingerprints of your own, in wappalyzergo's format: {\"apps\": {name: fingerprint}}. They are "
                            + "added to the built-in ones, and replace those of the same name.")
    private @Nullable String file;

    @Option(names = "--replace-fingerprints", description = "Use only those of --fingerprints.")
    private boolean replace;

    /** Has a detector use the fingerprints, if there are any. */
    void apply(TechnologyDetector.Builder builder, RuntimeOptions runtime) {
        if (file != null) {
            builder.fingerprints(InputFiles.read(file, MAX_BYTES), !replace);
        } else if (replace) {
            throw runtime.usage("--replace-fingerprints needs --fingerprints FILE");
        }
    }
}
