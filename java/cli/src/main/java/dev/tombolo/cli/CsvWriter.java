package dev.tombolo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes results as RFC 4180 has it: a line with the names of the columns first, lines that end in CR LF. */
final class CsvWriter<T> implements ResultWriter<T> {
    private final Shape<T> shape;
    private final OutputStream out;
    private boolean begun;

    CsvWriter(Shape<T> shape, OutputStream out) {
        this.shape = shape;
        this.out = out;
    }

    @Override
    public void write(T result) throws IOException {
        begin();
        for (List<String> row : shape.rows(result)) {
            line(row);
        }
        out.flush();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            line(shape.columns());
        }
    }

    private void line(List<String> cells) throws IOException {
        String line = cells.stream().map(CsvWriter::quoted).collect(Collectors.joining(",", "", "\r\n"));
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() throws IOException {
        begin();
        out.flush();
    }
}
