package dev.tombolo.cli;

import dev.tombolo.technology.Detection;
import dev.tombolo.technology.Technology;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pages for people: a heading and a table each. Pages that failed aren't results; the command tells of them. */
final class PageTable implements ResultWriter<PageResult> {
    private static final String INDENT = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Console console;
    private boolean begun;

    PageTable(Console console) {
        this.console = console;
    }

    @Override
    public void write(PageResult result) throws IOException {
        if (result instanceof PageResult.Answered page) {
            if (begun) {
                line("");
            }
            begun = true;
            heading(page);
            technologies(page.detection());
            console.out().flush();
        }
    }

    private void heading(PageResult.Answered page) throws IOException {
        line(styled(BOLD, TerminalText.printable(page.id())));
        String title = TerminalText.printable(page.detection().title().orElse(""));
        if (!title.isEmpty()) {
            List<String> lines = TerminalText.wrap(title, console.width() - INDENT.length());
            for (String part : lines) {
                line(INDENT + part);
            }
        }
        if (!page.url().isEmpty() && !page.url().equals(page.id())) {
            line(INDENT + TerminalText.printable(page.url()));
        }
    }

    private void technologies(Detection detection) throws IOException {
        if (detection.technologies().isEmpty()) {
            line(INDENT + "no technologies found");
            return;
        }
        TextTable table = new TextTable("TECHNOLOGY", "VERSION", "CATEGORIES", "CONFIDENCE", "");
        for (Technology technology : detection.technologies()) {
            table.add(List.of(
                    technology.name(),
                    technology.versionOr(""),
                    PageShape.names(technology.categories(), ", "),
                    technology.confidence().isPresent()
                            ? technology.confidence().getAsInt() + "%"
                            : "",
                    technology.implied().orElse(false) ? "implied" : ""));
        }
        List<String> lines = table.lines(INDENT, console.width());
        line(styled(FAINT, lines.getFirst()));
        for (String row : lines.subList(1, lines.size())) {
            line(row);
        }
        if (detection.technologies().stream()
                .anyMatch(technology -> !technology.evidence().isEmpty())) {
            explain(detection);
        }
    }

    private void explain(Detection detection) throws IOException {
        line(styled(FAINT, INDENT + "EVIDENCE"));
        for (Technology technology : detection.technologies()) {
            for (String explanation : EvidenceText.lines(technology, INDENT, console.width())) {
                line(explanation);
            }
        }
    }

    private String styled(String style, String text) {
        return console.colours() ? style + text + PLAIN : text;
    }

    private void line(String text) throws IOException {
        OutputStream out = console.out();
        out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
}
