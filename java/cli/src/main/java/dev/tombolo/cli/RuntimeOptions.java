package dev.tombolo.cli;

import dev.tombolo.Mode;
import dev.tombolo.technology.TechnologyDetector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands that use the library: where it runs. */
final class RuntimeOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = Converters.OfMode.class,
            description = "Where the Go library runs: ffi (in this process), ipc (in a sidecar), or auto: ffi where "
                    + "that is safe. Default: $TOMBOLO_MODE, else auto.")
    private @Nullable Mode mode;

    /** Opens a detector that ends its sidecar, if it has one, as soon as it's closed. */
    TechnologyDetector open(TechnologyDetector.Builder builder) {
        if (mode != null) {
            builder.mode(mode);
        }
        builder.runtime(runtime -> runtime.linger(Duration.ZERO));
        try {
            return builder.open();
        } catch (IllegalArgumentException wrong) {
            // Of a system property or an environment variable.
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    /** Returns the error for a command line that is wrong. */
    ParameterException usage(String message) {
        if (command == null) {
            throw new IllegalStateException("picocli sets it");
        }
        return new ParameterException(command.commandLine(), message);
    }
}
