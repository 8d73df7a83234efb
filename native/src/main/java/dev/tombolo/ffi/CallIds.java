package dev.tombolo.ffi;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ids for calls, unique in the process even though every class loader has a counter of its own. */
final class CallIds {
    /** Tells the class loaders of a process apart; never 0, so that no id is. */
    private static final long PREFIX = (long) new SecureRandom().nextInt(1, Integer.MAX_VALUE) << 32;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private CallIds() {}

    static long next() {
        return PREFIX | Integer.toUnsignedLong(NEXT.getAndIncrement());
    }
}
