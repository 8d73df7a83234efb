package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.technology.Category;
import java.io.IOException;
import java.util.List;

/** What a category looks like to programs. */
final class CategoryShape implements Shape<Category> {
    @Override
    public void json(Category category, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", category.id());
        json.writeStringField("name", category.name());
        json.writeNumberField("priority", category.priority());
        json.writeEndObject();
    }

    @Override
    public List<String> columns() {
        return List.of("id", "name", "priority");
    }

    @Override
    public List<List<String>> rows(Category category) {
        return List.of(List.of(String.valueOf(category.id()), category.name(), String.valueOf(category.priority())));
    }
}
