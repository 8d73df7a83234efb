package dev.tombolo.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, no wider than the terminal: cells that are too wide go on below. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int LEAST_COLUMN = 8;

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    /** Adds a row: a cell for each column, of any text. */
    void add(List<String> cells) {
        rows.add(cells.stream().map(TerminalText::printable).toList());
    }

    /** Returns the lines, the titles first. Columns without any text are left out. */
    List<String> lines(String indent, int width) {
        int[] widths = new int[titles.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
            }
        }
        for (int i = 0; i < widths.length; i++) {
            widths[i] = widths[i] == 0 ? 0 : Math.max(widths[i], titles.get(i).length());
        }
        shrink(widths, width - indent.length());
        List<String> lines = new ArrayList<>(lines(titles, widths, indent));
        rows.forEach(row -> lines.addAll(lines(row, widths, indent)));
        return lines;
    }

    private static void shrink(int[] widths, int available) {
        while (total(widths) > available) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST_COLUMN) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int total(int[] widths) {
        int total = -GAP.length();
        for (int width : widths) {
            total += width == 0 ? 0 : width + GAP.length();
        }
        return total;
    }

    private static List<String> lines(List<String> cells, int[] widths, String indent) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < widths.length; i++) {
            List<String> cell = widths[i] == 0 ? List.of() : TerminalText.wrap(cells.get(i), widths[i]);
            wrapped.add(cell);
            height = Math.max(height, cell.size());
        }
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > 0) {
                    String text = y < wrapped.get(i).size() ? wrapped.get(i).get(y) : "";
                    line.append(text)
                            .repeat(' ', widths[i] - TerminalText.width(text))
                            .append(GAP);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
