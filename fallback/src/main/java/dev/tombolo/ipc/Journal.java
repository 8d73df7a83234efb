package dev.tombolo.ipc;

import com.google.protobuf.ByteString;
import dev.tombolo.transport.Call;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls that set a sidecar's state and succeeded: a fresh sidecar is given them in their order before its first other call,
 * so that it never answers in another state. Guarded by its owner.
 */
final class Journal {
    /**
     * A call to be made again.
     *
     * @param method its method
     * @param message its request
     * @param attachments copies of its attachments
     */
    record Entry(String method, ByteString message, List<ByteString> attachments) {
        static Entry of(Call call) {
            List<ByteString> copies = new ArrayList<>();
            for (MemorySegment attachment : call.attachments()) {
                copies.add(ByteString.copyFrom(attachment.toArray(ValueLayout.JAVA_BYTE)));
            }
            return new Entry(call.method(), call.request().toByteString(), copies);
        }

        List<MemorySegment> segments() {
            return attachments.stream()
                    .map(attachment -> MemorySegment.ofBuffer(attachment.asReadOnlyByteBuffer()))
                    .toList();
        }
    }

    private final Set<Entry> entries = new LinkedHashSet<>();

    /** Adds a call. The same one again is moved to the end: what it set is what holds. */
    void add(Entry entry) {
        entries.remove(entry);
        entries.add(entry);
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
