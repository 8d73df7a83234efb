package dev.tombolo.cli;

import java.io.Closeable;
import java.io.IOException;

/** Writes results one after the other. Closing it writes what is left, and leaves the stream open. */
interface ResultWriter<T> extends Closeable {
    /** Writes a result. */
    void write(T result) throws IOException;
}
