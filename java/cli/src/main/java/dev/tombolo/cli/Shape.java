package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** What a kind of result looks like to programs. */
interface Shape<T> {
    /** Writes the result as a JSON object. */
    void json(T result, JsonGenerator json) throws IOException;

    /** Returns the names of the columns that it has in CSV. */
    List<String> columns();

    /** Returns its rows, each with a text for every column. */
    List<List<String>> rows(T result);
}
