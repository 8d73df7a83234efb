package dev.tombolo.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tombolo.RuntimeInfo;
import dev.tombolo.technology.TechnologyDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tombolo info}: in which mode the library runs and why, and what it is. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Tells in which mode the library runs and why, its versions, services and limits.")
final class InfoCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuntimeOptions runtime = new RuntimeOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.OfInfoFormat.class,
            description = "text (the default) or json.")
    private InfoFormat format = InfoFormat.TEXT;

    InfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RuntimeInfo info;
        try (TechnologyDetector detector = runtime.open(TechnologyDetector.builder())) {
            info = detector.info();
        }
        switch (format) {
            case TEXT -> text(info);
            case JSON -> {
                try (JsonGenerator json = JsonArrayWriter.indented(console.out())) {
                    JsonValues.write(facts(info), json);
                }
                console.out().write('\n');
            }
        }
        console.out().flush();
        return ExitCode.OK;
    }

    private static Map<String, Object> facts(RuntimeInfo info) {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("maxRequestBytes", info.limits().maxRequestBytes());
        info.limits().memoryLimitBytes().ifPresent(bytes -> limits.put("memoryLimitBytes", bytes));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("mode", info.mode().toString());
        facts.put("reason", info.reason());
        facts.put("version", info.libraryVersion());
        facts.put("goVersion", info.goVersion());
        facts.put("abiVersion", info.abiVersion());
        facts.put("protocolVersion", info.protocolVersion());
        facts.put("jvm", jvm());
        facts.put("platform", platform());
        facts.put("limits", limits);
        facts.put("transport", info.transport());
        facts.put("services", info.services().stream().map(InfoCommand::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(RuntimeInfo.Service service) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", service.name());
        facts.put("methods", service.methods());
        facts.put("versions", service.versions());
        return facts;
    }

    private void text(RuntimeInfo info) throws IOException {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("mode", info.mode() + " (" + info.reason() + ")");
        lines.put("tombolo", info.libraryVersion());
        info.services().forEach(service -> lines.putAll(service.versions()));
        lines.put("Go", info.goVersion());
        lines.put("C ABI", String.valueOf(info.abiVersion()));
        lines.put("sidecar protocol", String.valueOf(info.protocolVersion()));
        lines.put("JVM", jvm());
        lines.put("platform", platform());
        lines.put("largest request", info.limits().maxRequestBytes() + " bytes");
        lines.put(
                "Go's memory limit",
                info.limits().memoryLimitBytes().isPresent()
                        ? info.limits().memoryLimitBytes().getAsLong() + " bytes"
                        : "none");
        lines.putAll(new TreeMap<>(info.transport()));
        info.services().forEach(service -> lines.put(service.name(), String.join(", ", service.methods())));
        write(lines);
    }

    private void write(Map<String, String> lines) throws IOException {
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, String> line : lines.entrySet()) {
            String label = line.getKey() + " ".repeat(width - line.getKey().length());
            String text = label + "  " + TerminalText.printable(line.getValue()) + "\n";
            console.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String jvm() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + " ("
                + System.getProperty("java.vendor") + ")";
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
