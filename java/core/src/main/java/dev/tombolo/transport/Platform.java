package dev.tombolo.transport;

import java.util.Locale;

/**
 * The operating system and processor, in the names of os-maven-plugin.
 *
 * @param system "linux", "osx" or "windows", or what the JVM calls it
 * @param architecture "x86_64" or "aarch_64", or what the JVM calls it
 */
public record Platform(String system, String architecture) {
    /** Returns that of this JVM. */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.startsWith("linux")
                ? "linux"
                : name.startsWith("mac") || name.startsWith("darwin")
                        ? "osx"
                        : name.startsWith("windows") ? "windows" : name.replace(' ', '_');
        String architecture = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch_64";
            default -> osArch.toLowerCase(Locale.ROOT);
        };
        return new Platform(system, architecture);
    }

    /** Returns both, such as "linux-x86_64". */
    public String classifier() {
        return system + "-" + architecture;
    }

    /** Returns the file name of a shared library here. */
    public String libraryFile(String name) {
        return switch (system) {
            case "osx" -> name + ".dylib";
            case "windows" -> name + ".dll";
            default -> name + ".so";
        };
    }

    /** Returns the file name of an executable here. */
    public String executableFile(String name) {
        return system.equals("windows") ? name + ".exe" : name;
    }
}
