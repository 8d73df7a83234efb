package dev.tombolo.cli;

import dev.tombolo.InvalidArgumentException;
import dev.tombolo.TomboloException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A file of recorded pages, a JSON object a line, perhaps compressed. */
record RecordedPages(String input, long maxBytes) implements PageSource {
    /** What a line may have beside its body. */
    private static final long SURROUNDINGS = 1 << 20;

    @Override
    public Pages open() {
        try {
            InputStream file = new BufferedInputStream(InputFiles.open(input));
            InputStream lines = input.toLowerCase(Locale.ROOT).endsWith(".gz") ? unzipped(file) : file;
            long maxLine = Math.min(maxBytes / 3 * 4 + SURROUNDINGS, Integer.MAX_VALUE - 8);
            return new Lines(this, lines, new LineReader(lines, maxLine), maxLine);
        } catch (IOException unreadable) {
            throw InputFiles.problem(input, unreadable);
        }
    }

    private static InputStream unzipped(InputStream file) throws IOException {
        try {
            return new GZIPInputStream(file);
        } catch (IOException damaged) {
            file.close();
            throw damaged;
        }
    }

    /** The lines of the open file. */
    private static final class Lines implements Pages {
        private final RecordedPages file;
        private final InputStream in;
        private final LineReader lines;
        private final long maxLine;
        private @Nullable PendingPage next;
        private boolean ended;

        Lines(RecordedPages file, InputStream in, LineReader lines, long maxLine) {
            this.file = file;
            this.in = in;
            this.lines = lines;
            this.maxLine = maxLine;
        }

        @Override
        public boolean hasNext() {
            while (next == null && !ended) {
                try {
                    LineReader.Line line = lines.next();
                    ended = line == null;
                    next = line == null || isBlank(line) ? null : pending(line);
                } catch (IOException damaged) {
                    // What follows can't be read either; what came before is fine.
                    ended = true;
                    String place = place(file.input, lines.number());
                    next = new UnreadableLine(file.input, InputFiles.problem(place, damaged));
                }
            }
            return next != null;
        }

        private static boolean isBlank(LineReader.Line line) {
            for (byte c : line.content()) {
                if (c != ' ' && c != '\t' && c != '\r') {
                    return false;
                }
            }
            return line.content().length == line.size();
        }

        private PendingPage pending(LineReader.Line line) {
            String place = place(file.input, line.number());
            return line.size() > maxLine
                    ? new UnreadableLine(file.input, InputFiles.tooLarge(place, line.size(), maxLine))
                    : new RecordedLine(file.input, place, line.content(), file.maxBytes);
        }

        private static String place(String input, long number) {
            return input + ", line " + number;
        }

        @Override
        public PendingPage next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            PendingPage page = next;
            next = null;
            return page;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** A line that is still to be parsed. */
    @SuppressWarnings("ArrayRecordComponent") // bytes to parse, which nobody compares
    private record RecordedLine(String input, String place, byte[] content, long maxBytes) implements PendingPage {
        @Override
        public boolean isRecorded() {
            return true;
        }

        @Override
        public NamedPage load(Duration timeout) {
            RecordedPage page;
            try {
                page = RecordedPage.parse(content);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidArgumentException("[" + place + "]: " + wrong.getMessage(), List.of());
            }
            if (page.body().length > maxBytes) {
                throw InputFiles.tooLarge(place, page.body().length, maxBytes);
            }
            return new NamedPage(page.id().isEmpty() ? input : page.id(), page.toWebPage());
        }
    }

    /** A line that can't be read, in its place among the others. */
    private record UnreadableLine(String input, TomboloException problem) implements PendingPage {
        @Override
        public boolean isRecorded() {
            return true;
        }

        @Override
        public NamedPage load(Duration timeout) {
            throw problem;
        }
    }
}
