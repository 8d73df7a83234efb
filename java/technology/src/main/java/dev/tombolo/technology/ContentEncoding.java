package dev.tombolo.technology;

import dev.tombolo.InvalidArgumentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes the content encodings of a response (RFC 9110, section 8.4). */
final class ContentEncoding {
    /** The most that a body may become, in bytes: what the library takes by default. A small body can claim to be any size. */
    private static final int MAX_DECODED = 128 << 20;

    private ContentEncoding() {}

    /**
     * Undoes the encodings, the last one first. One that the body's first bytes don't show was undone before: recorders and
     * clients often keep the header.
     *
     * @param contentEncoding the values of the header lines, in their order
     */
    static byte[] undo(List<String> contentEncoding, byte[] body) {
        List<String> encodings = new ArrayList<>();
        for (String value : contentEncoding) {
            for (String encoding : value.split(",")) {
                encodings.add(encoding.strip().toLowerCase(Locale.ROOT));
            }
        }
        Collections.reverse(encodings);
        byte[] decoded = body;
        for (String encoding : encodings) {
            decoded = decoded.length == 0 ? decoded : undo(encoding, decoded);
        }
        return decoded;
    }

    private static byte[] undo(String encoding, byte[] body) {
        return switch (encoding) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" ->
                isGzip(body) ? read(encoding, () -> new GZIPInputStream(new ByteArrayInputStream(body))) : body;
            case "deflate" -> isZlib(body) ? read(encoding, () -> inflate(body, false)) : rawDeflate(body);
            default ->
                throw new InvalidArgumentException(
                        "the body's content encoding [" + encoding
                                + "] can't be undone here; ask the server for gzip, or decode the body first",
                        List.of());
        };
    }

    private static boolean isGzip(byte[] body) {
        return body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    }

    /** Returns whether the body begins as RFC 1950 says, section 2.2. */
    private static boolean isZlib(byte[] body) {
        return body.length > 2
                && (body[0] & 0x0f) == 8
                && (body[0] & 0xf0) <= 0x70
                && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
    }

    /** Some servers send deflate without its frame. That has no first bytes to know it by, so it's what can be read as such. */
    private static byte[] rawDeflate(byte[] body) {
        try {
            return decode("deflate", () -> inflate(body, true));
        } catch (IOException undoneBefore) {
            return body;
        }
    }

    private static InputStream inflate(byte[] body, boolean raw) {
        return new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(raw)) {
            @Override
            public void close() throws IOException {
                inf.end(); // an inflater that is given isn't ended by the stream
                super.close();
            }
        };
    }

    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private static byte[] read(String encoding, Opener opener) {
        try {
            return decode(encoding, opener);
        } catch (IOException damaged) {
            throw new InvalidArgumentException(
                    "the body's " + encoding + " encoding is damaged: " + damaged.getMessage(), List.of());
        }
    }

    private static byte[] decode(String encoding, Opener opener) throws IOException {
        try (InputStream in = opener.open()) {
            byte[] decoded = in.readNBytes(MAX_DECODED + 1);
            if (decoded.length > MAX_DECODED) {
                throw new InvalidArgumentException(
                        "the body becomes more than " + MAX_DECODED + " bytes when its " + encoding
                                + " encoding is undone; decode it yourself if that is right",
                        List.of());
            }
            return decoded;
        }
    }
}
