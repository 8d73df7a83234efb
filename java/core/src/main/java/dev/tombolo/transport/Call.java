package dev.tombolo.transport;

import com.google.protobuf.Message;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One call, as the core gives it to a transport.
 *
 * @param method "package.Service/Method"
 * @param request the request; its attachment fields hold references, "@N"
 * @param attachments what the references stand for, on or off the heap; read until the call returns
 * @param response the empty response message
 * @param timeoutNanos how long the call may take in nanoseconds; 0 for no limit
 * @param replay whether the call sets state that a fresh process must be given again
 * @param detailTypes finds the types of error details
 */
public record Call(
        String method,
        Message request,
        List<MemorySegment> attachments,
        Message response,
        long timeoutNanos,
        boolean replay,
        DetailTypes detailTypes) {}
