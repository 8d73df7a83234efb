package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** Writes results as a line of JSON each. */
final class JsonLinesWriter<T> implements ResultWriter<T> {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final Shape<T> shape;
    private final OutputStream out;

    JsonLinesWriter(Shape<T> shape, OutputStream out) {
        this.shape = shape;
        this.out = out;
    }

    @Override
    public void write(T result) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            shape.json(result, json);
        }
        out.write('\n');
        out.flush();
    }

    @Override
    public void close() {}
}
