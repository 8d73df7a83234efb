package dev.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as bytes. */
class LineReaderTest {
    private static List<String> lines(String text, long maxBytes) throws IOException {
        LineReader reader =
                new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), maxBytes);
        List<String> lines = new ArrayList<>();
        for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line.number() + ":" + line.size() + ":" + new String(line.content(), StandardCharsets.US_ASCII));
        }
        return lines;
    }

    @Test
    void linesHaveNumbersAndMayBeEmptyOrUnended() throws IOException {
        assertThat(lines("a\n\nbc", 10)).containsExactly("1:1:a", "2:0:", "3:2:bc");
        assertThat(lines("a\n", 10)).containsExactly("1:1:a");
        assertThat(lines("", 10)).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsOnlyCounted() throws IOException {
        String lengthy = "x".repeat(200_000);
        assertThat(lines(lengthy + "\nb\n", 100_000)).containsExactly("1:200000:", "2:1:b");
    }

    @Test
    void aLongLineComesWhole() throws IOException {
        String lengthy = "x".repeat(200_000);
        assertThat(lines(lengthy + "\nb", 200_000)).containsExactly("1:200000:" + lengthy, "2:1:b");
    }
}
