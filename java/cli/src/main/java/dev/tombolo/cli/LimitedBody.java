package dev.tombolo.cli;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a response's body into memory, as long as it isn't too large. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final long announced;
    private final long maxBytes;
    private @Nullable Subscription subscription;
    private long received;
    private boolean refused;

    private LimitedBody(long announced, long maxBytes) {
        this.announced = announced;
        this.maxBytes = maxBytes;
    }

    /** Returns a handler for bodies of no more than some bytes; one that is larger ends in {@link TooLargeException}. */
    static BodyHandler<byte[]> upTo(long maxBytes) {
        return (ResponseInfo response) -> {
            long announced = response.headers()
                    .firstValue("content-length")
                    .filter(length -> length.matches("[0-9]{1,18}"))
                    .map(Long::parseLong)
                    .orElse(0L);
            return new LimitedBody(announced, maxBytes);
        };
    }

    /** The body is too large; the message says what it has and what it may have. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLargeException(String size, long maxBytes) {
            super("has " + size + " bytes; the limit is " + maxBytes + " (tombolo.maxRequestBytes)");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        whole.onSubscribe(subscription);
        refuseIfOver(announced, "");
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (!refused) {
            received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (!refuseIfOver(received, "at least ")) {
                whole.onNext(buffers);
            }
        }
    }

    private boolean refuseIfOver(long size, String how) {
        if (size > maxBytes && subscription != null) {
            refused = true;
            subscription.cancel();
            whole.onError(new TooLargeException(how + size, maxBytes));
        }
        return refused;
    }

    @Override
    public void onError(Throwable problem) {
        if (!refused) {
            whole.onError(problem);
        }
    }

    @Override
    public void onComplete() {
        if (!refused) {
            whole.onComplete();
        }
    }
}
