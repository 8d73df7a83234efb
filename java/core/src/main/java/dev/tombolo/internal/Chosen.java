package dev.tombolo.internal;

import dev.tombolo.Mode;
import dev.tombolo.TomboloException;
import dev.tombolo.UnavailableException;
import dev.tombolo.transport.Transport;
import dev.tombolo.transport.TransportProvider;
import dev.tombolo.transport.TransportSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A transport, and why it is this one.
 *
 * @param mode the mode it is of
 * @param reason why that mode, in a sentence
 */
record Chosen(Transport transport, Mode mode, String reason) {
    private static final Logger LOG = System.getLogger("dev.tombolo");

    /**
     * Opens the transport of a mode. A mode that is named is that mode or an error; only {@link Mode#AUTO} may fall back.
     *
     * @throws TomboloException if it can't be opened
     */
    static Chosen open(Mode wanted, TransportSettings settings) {
        Map<Mode, TransportProvider> providers = new EnumMap<>(Mode.class);
        ServiceLoader.load(TransportProvider.class, Chosen.class.getClassLoader())
                .forEach(provider -> providers.put(provider.mode(), provider));
        if (wanted != Mode.AUTO) {
            return named(wanted, providers, settings);
        }
        if (settings.connect().isPresent()) {
            return logged(
                    Level.DEBUG,
                    open(Mode.IPC, providers, settings, "auto: tombolo.ipc.connect names a running sidecar"));
        }
        String againstFfi;
        try {
            return logged(Level.DEBUG, open(Mode.FFI, providers, settings, "auto: nothing speaks against ffi here"));
        } catch (UnavailableException unavailable) {
            againstFfi = unavailable.getMessage();
        }
        try {
            return logged(
                    Level.INFO, open(Mode.IPC, providers, settings, "auto: ffi can't be used here: " + againstFfi));
        } catch (UnavailableException unavailable) {
            throw new UnavailableException(
                    "tombolo can run neither in process nor beside it. ffi: " + againstFfi + " ipc: "
                            + unavailable.getMessage(),
                    List.of());
        }
    }

    private static Chosen named(Mode wanted, Map<Mode, TransportProvider> providers, TransportSettings settings) {
        try {
            return logged(Level.DEBUG, open(wanted, providers, settings, "mode " + wanted + " was asked for"));
        } catch (UnavailableException unavailable) {
            throw new UnavailableException(
                    "mode " + wanted + " can't be used: " + unavailable.getMessage(), unavailable.details());
        }
    }

    private static Chosen open(
            Mode mode, Map<Mode, TransportProvider> providers, TransportSettings settings, String reason) {
        TransportProvider provider = providers.get(mode);
        if (provider == null) {
            throw new UnavailableException(
                    "its module isn't there; add the artifact dev.tombolo:"
                            + (mode == Mode.FFI ? "tombolo-native." : "tombolo-fallback."),
                    List.of());
        }
        Optional<String> objection = provider.objection(settings);
        if (objection.isPresent()) {
            throw new UnavailableException(objection.get(), List.of());
        }
        return new Chosen(provider.open(settings), mode, reason);
    }

    private static Chosen logged(Level level, Chosen chosen) {
        LOG.log(level, () -> "tombolo runs in mode " + chosen.mode + " (" + chosen.reason + ")");
        return chosen;
    }
}
