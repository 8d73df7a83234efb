package dev.tombolo.ffi;

import com.google.protobuf.Message;
import dev.tombolo.StatusCode;
import dev.tombolo.ffi.bindings.TomboloLibrary;
import dev.tombolo.ffi.bindings.tombolo_buffer;
import dev.tombolo.ffi.json.Envelope;
import dev.tombolo.ffi.json.JsonException;
import dev.tombolo.ffi.json.JsonWriter;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** One call of {@code tombolo_call}: the request into C memory, the answer out of it. */
final class NativeCall {
    private NativeCall() {}

    /** Makes the call on this thread, which can't be interrupted in it. */
    static Answer make(Call call, long id, long timeoutNanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = TomboloLibrary.tombolo_call(
                    id,
                    timeoutNanos,
                    arena.allocateFrom(call.method()),
                    JsonWriter.writeCString(call.request(), call.detailTypes()::find, arena),
                    buffers(call.attachments(), arena),
                    call.attachments().size());
            try {
                return read(answer, call);
            } finally {
                TomboloLibrary.tombolo_free(answer);
            }
        }
    }

    /** Describes the attachments; those on the heap are copied off it, the others are used where they are. */
    private static MemorySegment buffers(List<MemorySegment> attachments, Arena arena) {
        if (attachments.isEmpty()) {
            return MemorySegment.NULL;
        }
        MemorySegment buffers = tombolo_buffer.allocateArray(attachments.size(), arena);
        for (int i = 0; i < attachments.size(); i++) {
            MemorySegment bytes = attachments.get(i);
            MemorySegment memory = bytes;
            if (!bytes.isNative()) {
                memory = bytes.byteSize() == 0 ? MemorySegment.NULL : arena.allocate(bytes.byteSize());
                memory.copyFrom(bytes);
            }
            MemorySegment buffer = tombolo_buffer.asSlice(buffers, i);
            tombolo_buffer.data(buffer, memory);
            tombolo_buffer.length(buffer, bytes.byteSize());
        }
        return buffers;
    }

    private static Answer read(MemorySegment answer, Call call) {
        MemorySegment text = answer.reinterpret(length(answer));
        Message.Builder result = call.response().newBuilderForType();
        try {
            Envelope.Failure failure = Envelope.read(text, result, call.detailTypes()::find);
            return failure == null
                    ? new Answer.Success(result.build())
                    : new Answer.Failure(StatusCode.of(failure.code()), failure.message(), failure.details());
        } catch (JsonException unreadable) {
            return Answer.Failure.of(
                    StatusCode.INTERNAL,
                    "the library's answer to " + call.method() + " can't be read: " + unreadable.getMessage());
        }
    }

    /** Finds the end of a C string; jextract types a pointer to char as one without end. */
    private static long length(MemorySegment text) {
        long length = 0;
        while (text.get(java.lang.foreign.ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return length;
    }
}
