package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.technology.FingerprintRules;
import dev.tombolo.technology.KnownTechnology;
import java.io.IOException;
import java.util.List;

/** What a known technology looks like to programs. */
final class KnownTechnologyShape implements Shape<KnownTechnology> {
    private static final List<String> COLUMNS =
            List.of("name", "categories", "website", "cpe", "icon", "implies", "description");

    @Override
    public void json(KnownTechnology known, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", known.name());
        PageShape.categories(known.categories(), json);
        json.writeStringField("website", known.website());
        json.writeStringField("description", known.description());
        json.writeStringField("icon", known.icon());
        json.writeStringField("cpe", known.cpe());
        JsonValues.field("implies", known.implies(), json);
        if (known.rules().isPresent()) {
            rules(known.rules().get(), json);
        }
        json.writeEndObject();
    }

    private static void rules(FingerprintRules rules, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("rules");
        JsonValues.field("cookies", rules.cookies(), json);
        JsonValues.field("headers", rules.headers(), json);
        JsonValues.field("html", rules.html(), json);
        JsonValues.field("scriptSrc", rules.scriptSrc(), json);
        JsonValues.field("meta", rules.meta(), json);
        JsonValues.field("scripts", rules.scripts(), json);
        JsonValues.field("js", rules.js(), json);
        JsonValues.field("css", rules.css(), json);
        JsonValues.field("dom", rules.dom(), json);
        json.writeEndObject();
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public List<List<String>> rows(KnownTechnology known) {
        return List.of(List.of(
                known.name(),
                PageShape.names(known.categories(), "; "),
                known.website(),
                known.cpe(),
                known.icon(),
                String.join("; ", known.implies()),
                known.description()));
    }
}
