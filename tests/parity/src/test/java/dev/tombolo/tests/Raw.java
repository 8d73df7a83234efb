package dev.tombolo.tests;

import dev.tombolo.Tombolo;
import dev.tombolo.internal.Client;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;

/** Calls below the typed clients, for what they don't let pass. */
final class Raw {
    private Raw() {}

    static Answer call(Tombolo tombolo, Call call) {
        return Client.of(tombolo).transport().call(call);
    }
}
