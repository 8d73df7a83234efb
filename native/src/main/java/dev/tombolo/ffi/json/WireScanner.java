package dev.tombolo.ffi.json;

import com.google.protobuf.WireFormat;

/** A position in a message of the protobuf wire format. Not safe for concurrent use. */
final class WireScanner {
    final byte[] data;
    int pos;

    WireScanner(byte[] data) {
        this.data = data;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = data[pos++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    /** Reads a value of some bytes, the lowest first. */
    long fixed(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (data[pos++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    /** Reads a length and returns where the part that has it ends. */
    int partEnd() {
        int length = (int) varint();
        return pos + length;
    }

    /** Passes over the value after a tag. */
    void skip(int tag) {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> varint();
            case WireFormat.WIRETYPE_FIXED64 -> pos += 8;
            case WireFormat.WIRETYPE_FIXED32 -> pos += 4;
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> pos = partEnd();
            default -> skipGroup(tag);
        }
    }

    private void skipGroup(int startTag) {
        int endTag = startTag - WireFormat.WIRETYPE_START_GROUP + WireFormat.WIRETYPE_END_GROUP;
        for (int tag = (int) varint(); tag != endTag; tag = (int) varint()) {
            skip(tag);
        }
    }
}
