package dev.tombolo.ffi.json;

import java.util.Arrays;

/** A growing array of bytes, with what the protobuf wire format needs. Not safe for concurrent use. */
final class ByteSink {
    /** The largest length that every Java virtual machine gives an array. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private byte[] array;
    private int size;

    ByteSink(int capacity) {
        array = new byte[Math.max(capacity, 64)];
    }

    /** The bytes; only those below {@link #size} count, and the next write may replace the array. */
    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    /** Forgets all bytes from a size on. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Tells whether all bytes from a place on are zero, as those of every default value are in the wire format. */
    boolean isZero(int start) {
        for (int i = start; i < size; i++) {
            if (array[i] != 0) {
                return false;
            }
        }
        return true;
    }

    byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    /** Makes room for more bytes. */
    void reserve(int count) {
        if (count > array.length - size) {
            grow(count);
        }
    }

    private void grow(int count) {
        if (count > MAX_LENGTH - size) {
            throw new JsonException(-1, "needs more than 2 GiB");
        }
        int doubled = array.length > MAX_LENGTH / 2 ? MAX_LENGTH : 2 * array.length;
        array = Arrays.copyOf(array, Math.max(doubled, size + count));
    }

    void put(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    void put(byte[] source, int start, int end) {
        reserve(end - start);
        System.arraycopy(source, start, array, size, end - start);
        size += end - start;
    }

    void put(byte[] source) {
        put(source, 0, source.length);
    }

    /** Appends a text that is known to be ASCII. */
    void putAscii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            array[size++] = (byte) text.charAt(i);
        }
    }

    void putVarint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[size++] = (byte) rest;
    }

    /** Appends the lowest bytes of a value, the lowest first. */
    void putFixed(long value, int bytes) {
        reserve(bytes);
        for (int i = 0; i < bytes; i++) {
            array[size++] = (byte) (value >>> (8 * i));
        }
    }

    /**
     * Starts a part that has its length before it, and returns the mark for {@link #endLength}. One byte is kept for
     * the length: most parts are short, and a longer one is moved once.
     */
    int beginLength() {
        put(0);
        return size;
    }

    /** Ends the part that started at a mark. */
    void endLength(int mark) {
        int length = size - mark;
        if (length < 0x80) {
            array[mark - 1] = (byte) length;
            return;
        }
        int more = (31 - Integer.numberOfLeadingZeros(length)) / 7;
        reserve(more);
        System.arraycopy(array, mark, array, mark + more, length);
        size = mark - 1;
        putVarint(length);
        size += length;
    }
}
