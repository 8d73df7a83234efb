package dev.tombolo.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Writes results as the rows of one table, once all are there. */
final class ListTable<T> implements ResultWriter<T> {
    private final TextTable table;
    private final Function<T, List<String>> row;
    private final OutputStream out;
    private final int width;

    ListTable(TextTable table, Function<T, List<String>> row, OutputStream out, int width) {
        this.table = table;
        this.row = row;
        this.out = out;
        this.width = width;
    }

    @Override
    public void write(T result) {
        table.add(row.apply(result));
    }

    @Override
    public void close() throws IOException {
        for (String line : table.lines("", width)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
