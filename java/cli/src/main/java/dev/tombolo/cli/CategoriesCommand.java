package dev.tombolo.cli;

import dev.tombolo.technology.Category;
import dev.tombolo.technology.TechnologyDetector;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo categories}: what categories technologies are in. */
@Command(
        name = "categories",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Lists the categories of technologies.")
final class CategoriesCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuntimeOptions runtime = new RuntimeOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.OfFormat.class,
            description = "table (the default), json, jsonl or csv.")
    private Format format = Format.TABLE;

    CategoriesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (TechnologyDetector detector = runtime.open(TechnologyDetector.builder());
                ResultWriter<Category> writer = format.writer(new CategoryShape(), this::table, console.out())) {
            for (Category category : detector.categories()) {
                writer.write(category);
            }
        }
        return ExitCode.OK;
    }

    private ResultWriter<Category> table() {
        return new ListTable<>(
                new TextTable("ID", "CATEGORY", "PRIORITY"),
                category -> new CategoryShape().rows(category).getFirst(),
                console.out(),
                console.width());
    }
}
