package dev.tombolo.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes; of a line that is too long, only its length. */
final class LineReader {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final long maxBytes;
    private final byte[] chunk = new byte[CHUNK];
    private int position;
    private int end;
    private long number;

    LineReader(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * A line.
     *
     * @param number its number, from 1 on
     * @param size how many bytes it has, without its end
     * @param content its bytes; none if they are too many
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes to parse, which nobody compares
    record Line(long number, long size, byte[] content) {}

    /** Returns the number of the line that was read last, or couldn't be read. */
    long number() {
        return number;
    }

    /** Returns the next line; null after the last. */
    @Nullable
    Line next() throws IOException {
        number++;
        if (!fill()) {
            return null;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long size = 0;
        while (fill()) {
            int start = position;
            while (position < end && chunk[position] != '\n') {
                position++;
            }
            size += position - start;
            if (size <= maxBytes) {
                content.write(chunk, start, position - start);
            } else {
                content.reset();
            }
            if (position < end) {
                position++;
                break;
            }
        }
        return new Line(number, size, content.toByteArray());
    }

    /** Returns whether there is another byte. */
    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(chunk));
        }
        return position < end;
    }
}
