package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.technology.Evidence;
import dev.tombolo.technology.Technology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells by what a technology was recognised: as JSON for programs, in sentences for people. */
final class EvidenceText {
    private EvidenceText() {}

    /** Writes the field with a technology's evidence, where there is any. */
    static void json(List<Evidence> evidence, JsonGenerator json) throws IOException {
        if (evidence.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("evidence");
        for (Evidence piece : evidence) {
            json.writeStartObject();
            json.writeStringField("source", source(piece));
            if (piece.impliedBy().isPresent()) {
                json.writeStringField("implied_by", piece.impliedBy().get());
            } else {
                if (!piece.key().isEmpty()) {
                    json.writeStringField("key", piece.key());
                }
                json.writeStringField("pattern", piece.pattern());
                json.writeStringField("text", piece.text());
                if (piece.offset().isPresent()) {
                    json.writeNumberField("offset", piece.offset().getAsLong());
                }
                if (piece.version().isPresent()) {
                    json.writeStringField("version", piece.version().get());
                }
            }
            json.writeNumberField("confidence", piece.confidence());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Returns lines for people: the technology, then a line for each piece of evidence. */
    static List<String> lines(Technology technology, String indent, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(indent + TerminalText.printable(technology.name() + " " + technology.versionOr("")));
        for (Evidence piece : technology.evidence()) {
            List<String> wrapped = TerminalText.wrap(
                    TerminalText.printable(sentence(piece)), Math.max(20, width - 3 * indent.length()));
            for (int i = 0; i < wrapped.size(); i++) {
                lines.add(indent.repeat(i == 0 ? 2 : 3) + wrapped.get(i));
            }
        }
        return lines;
    }

    private static String sentence(Evidence piece) {
        if (piece.impliedBy().isPresent()) {
            return "implied by " + piece.impliedBy().get() + " (" + piece.confidence() + "%)";
        }
        StringBuilder sentence = new StringBuilder(source(piece));
        if (!piece.key().isEmpty()) {
            sentence.append(' ').append(piece.key());
        }
        piece.offset().ifPresent(offset -> sentence.append(" at byte ").append(offset));
        if (piece.text().isEmpty()) {
            sentence.append(" is there");
        } else {
            sentence.append(": \"").append(piece.text()).append('"');
        }
        if (!piece.pattern().isEmpty()) {
            sentence.append(" matches ").append(piece.pattern());
        }
        piece.version().ifPresent(version -> sentence.append(", version ").append(version));
        return sentence.append(" (").append(piece.confidence()).append("%)").toString();
    }

    private static String source(Evidence piece) {
        return piece.source().name().toLowerCase(Locale.ROOT);
    }
}
