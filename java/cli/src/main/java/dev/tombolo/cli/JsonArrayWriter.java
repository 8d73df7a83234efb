package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes results as one JSON array, indented, each as soon as it's there. */
final class JsonArrayWriter<T> implements ResultWriter<T> {
    private static final DefaultPrettyPrinter LAYOUT = layout();

    private final Shape<T> shape;
    private final OutputStream out;
    private @Nullable JsonGenerator begun;

    JsonArrayWriter(Shape<T> shape, OutputStream out) {
        this.shape = shape;
        this.out = out;
    }

    @Override
    public void write(T result) throws IOException {
        JsonGenerator json = json();
        shape.json(result, json);
        json.flush();
    }

    /** Returns a generator of indented JSON, which leaves the stream open. */
    static JsonGenerator indented(OutputStream out) throws IOException {
        return new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(LAYOUT.createInstance());
    }

    private JsonGenerator json() throws IOException {
        JsonGenerator json = begun;
        if (json == null) {
            json = indented(out);
            json.writeStartArray();
            begun = json;
        }
        return json;
    }

    @Override
    public void close() throws IOException {
        JsonGenerator json = json();
        json.writeEndArray();
        json.close();
        out.write('\n');
        out.flush();
    }

    private static DefaultPrettyPrinter layout() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter layout = new DefaultPrettyPrinter(separators);
        layout.indentArraysWith(indenter);
        layout.indentObjectsWith(indenter);
        return layout;
    }
}
