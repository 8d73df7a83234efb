package dev.tombolo.cli;

import dev.tombolo.technology.KnownTechnology;
import dev.tombolo.technology.TechnologyDetector;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo technologies}: which technologies could be found. */
@Command(
        name = "technologies",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Lists the technologies that could be found.")
final class TechnologiesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuntimeOptions runtime = new RuntimeOptions();

    @Mixin
    private FingerprintOptions fingerprints = new FingerprintOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.OfFormat.class,
            description = "table (the default), json, jsonl or csv.")
    private Format format = Format.TABLE;

    @Option(names = "--rules", description = "How each is found, too; in the formats json and jsonl.")
    private boolean rules;

    TechnologiesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (rules && format != Format.JSON && format != Format.JSONL) {
            throw runtime.usage("--rules needs --format json or jsonl");
        }
        TechnologyDetector.Builder builder = TechnologyDetector.builder();
        fingerprints.apply(builder, runtime);
        try (TechnologyDetector detector = runtime.open(builder);
                ResultWriter<KnownTechnology> writer =
                        format.writer(new KnownTechnologyShape(), this::table, console.out())) {
            for (KnownTechnology known : detector.knownTechnologies(rules)) {
                writer.write(known);
            }
        }
        return ExitCode.OK;
    }

    private ResultWriter<KnownTechnology> table() {
        return new ListTable<>(
                new TextTable("TECHNOLOGY", "CATEGORIES", "WEBSITE"),
                known -> List.of(known.name(), PageShape.names(known.categories(), ", "), known.website()),
                console.out(),
                console.width());
    }
}
