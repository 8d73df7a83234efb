package dev.tombolo.technology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tombolo.InvalidArgumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Encodings are undone where headers and bytes agree, and never guessed at. */
class ContentEncodingTest {
    private static final byte[] PAGE = "<title>A page</title>".repeat(50).getBytes(StandardCharsets.UTF_8);

    @FunctionalInterface
    private interface Wrapper {
        OutputStream wrap(OutputStream out) throws IOException;
    }

    private static byte[] encode(byte[] content, Wrapper wrapper) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = wrapper.wrap(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        return encode(content, GZIPOutputStream::new);
    }

    private static byte[] zlib(byte[] content) {
        return encode(content, DeflaterOutputStream::new);
    }

    private static byte[] rawDeflate(byte[] content) {
        return encode(content, out -> new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true)));
    }

    @Test
    void undoesWhatTheHeaderNamesAndTheBytesShow() {
        assertThat(ContentEncoding.undo(List.of("gzip"), gzip(PAGE))).isEqualTo(PAGE);
        assertThat(ContentEncoding.undo(List.of("X-GZIP"), gzip(PAGE))).isEqualTo(PAGE);
        assertThat(ContentEncoding.undo(List.of("deflate"), zlib(PAGE))).isEqualTo(PAGE);
        assertThat(ContentEncoding.undo(List.of("deflate"), rawDeflate(PAGE))).isEqualTo(PAGE);
    }

    @Test
    void undoesSeveralTheLastOneFirst() {
        assertThat(ContentEncoding.undo(List.of("deflate, gzip"), gzip(zlib(PAGE))))
                .isEqualTo(PAGE);
        assertThat(ContentEncoding.undo(List.of("deflate", "identity", "gzip"), gzip(zlib(PAGE))))
                .isEqualTo(PAGE);
        assertThat(ContentEncoding.undo(List.of("gzip"), encode(PAGE, out -> new GZIPOutputStream(out))))
                .isEqualTo(PAGE);
    }

    @Test
    void leavesABodyThatWasUndoneBefore() {
        for (String encoding : List.of("gzip", "deflate", "identity", "")) {
            assertThat(ContentEncoding.undo(List.of(encoding), PAGE))
                    .as(encoding)
                    .isSameAs(PAGE);
            assertThat(ContentEncoding.undo(List.of(encoding), new byte[0]))
                    .as(encoding)
                    .isEmpty();
        }
        assertThat(ContentEncoding.undo(List.of(), gzip(PAGE))).isEqualTo(gzip(PAGE));
    }

    @Test
    void refusesAnEncodingThatItCannotUndo() {
        assertThatThrownBy(() -> ContentEncoding.undo(List.of("br"), PAGE))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("[br]")
                .hasMessageContaining("gzip");
        assertThat(ContentEncoding.undo(List.of("br"), new byte[0])).isEmpty();
    }

    @Test
    void refusesADamagedBody() {
        byte[] whole = gzip(PAGE);
        byte[] cut = Arrays.copyOf(whole, whole.length - 12);
        assertThatThrownBy(() -> ContentEncoding.undo(List.of("gzip"), cut))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("gzip encoding is damaged");
        byte[] zlib = zlib(PAGE);
        zlib[zlib.length / 2] ^= 0x55;
        assertThatThrownBy(() -> ContentEncoding.undo(List.of("deflate"), Arrays.copyOf(zlib, zlib.length / 2)))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void refusesABodyThatBecomesHuge() {
        byte[] bomb = gzip(new byte[(128 << 20) + 1]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatThrownBy(() -> ContentEncoding.undo(List.of("gzip"), bomb))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("more than 134217728 bytes");
        byte[] raw = rawDeflate(new byte[(128 << 20) + 1]);
        assertThatThrownBy(() -> ContentEncoding.undo(List.of("deflate"), raw))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("more than 134217728 bytes");
    }
}
