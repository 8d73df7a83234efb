/** Tells which technologies a website runs: {@link dev.tombolo.technology.TechnologyDetector}. */
module dev.tombolo.technology {
    requires static org.jspecify;
    requires transitive dev.tombolo.core;
    requires transitive java.net.http;

    exports dev.tombolo.technology;
}
