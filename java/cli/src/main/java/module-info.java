/** The command line behind {@code ./tombolo}. Nothing is exported: applications use {@code dev.tombolo.technology}. */
module dev.tombolo.cli {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires dev.tombolo.technology;
    requires info.picocli;
    requires java.net.http;

    // picocli reads the commands' annotations and sets their fields.
    opens dev.tombolo.cli to
            info.picocli;
}
