package dev.tombolo.transport;

import dev.tombolo.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A library or an executable that is packed into a jar, and how it comes into a file that can be used. The file is named by its
 * content's hash, so that several versions and several processes never disturb each other.
 */
public final class PackedBinary {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final URL resource;
    private final String sha256;
    private final String fileName;

    private PackedBinary(URL resource, String sha256, String fileName) {
        this.resource = resource;
        this.sha256 = sha256;
        this.fileName = fileName;
    }

    /**
     * Finds the binary for a platform.
     *
     * @param anchor a class of the module that it is packed into
     * @param kind its folder below META-INF/tombolo: "native" or "sidecar"
     * @param file its file name
     * @return empty if none is packed for that platform
     */
    public static Optional<PackedBinary> find(Class<?> anchor, Platform platform, String kind, String file) {
        String path = "/META-INF/tombolo/" + kind + "/" + platform.classifier() + "/" + file;
        URL resource = anchor.getResource(path);
        if (resource == null) {
            return Optional.empty();
        }
        try (InputStream sum = anchor.getResourceAsStream(path + ".sha256")) {
            if (sum == null) {
                throw new IOException("its checksum is missing");
            }
            String sha256 = new String(sum.readAllBytes(), StandardCharsets.US_ASCII).strip();
            int dot = file.lastIndexOf('.');
            String name = dot < 0 ? file + "-" + sha256 : file.substring(0, dot) + "-" + sha256 + file.substring(dot);
            return Optional.of(new PackedBinary(resource, sha256, name));
        } catch (IOException broken) {
            throw new UncheckedIOException("the packed " + file + " can't be read", broken);
        }
    }

    /** Returns the name of its file once extracted, which holds its hash. */
    public String fileName() {
        return fileName;
    }

    /** Uses a file; an IOException means that it can't be used where it is, but may be elsewhere. */
    @FunctionalInterface
    public interface Use<T> {
        /** Uses it. */
        T use(Path file) throws IOException;
    }

    /**
     * Extracts it to the first folder in which it can be used: some can't be written, some forbid execution. What else goes wrong with
     * it is no matter of folders, and isn't tried again.
     *
     * @throws UnavailableException if there is none; the message has what happened in each
     */
    public <T> T useFirst(Optional<Path> wanted, Use<T> use) {
        List<String> problems = new ArrayList<>();
        for (Path folder : folders(wanted)) {
            try {
                return use.use(extractTo(folder));
            } catch (IOException | UncheckedIOException problem) {
                problems.add("[" + folder + "] " + Causes.describe(problem));
            }
        }
        throw new UnavailableException(
                "no folder serves for " + fileName + ": " + String.join("; ", problems)
                        + ". Name a folder that can be written and isn't mounted noexec with -Dtombolo.native.dir=FOLDER.",
                List.of());
    }

    /** Returns where to try: the folder that the user named and no other, or else the usual ones. */
    static List<Path> folders(Optional<Path> wanted) {
        if (wanted.isPresent()) {
            return List.of(wanted.get());
        }
        List<Path> folders = new ArrayList<>();
        String cache = System.getenv("XDG_CACHE_HOME");
        String home = System.getProperty("user.home", "");
        if (cache != null && cache.startsWith("/")) {
            folders.add(Path.of(cache, "tombolo"));
        } else if (home.startsWith("/")) {
            folders.add(Path.of(home, ".cache", "tombolo"));
        }
        folders.add(Path.of(
                System.getProperty("java.io.tmpdir", "/tmp"), "tombolo-" + System.getProperty("user.name", "user")));
        return folders;
    }

    private Path extractTo(Path folder) throws IOException {
        createPrivate(folder);
        Path file = folder.resolve(fileName);
        if (Files.isRegularFile(file) && sha256.equals(hash(file))) {
            return file;
        }
        // Written beside and renamed, so that another process never sees half of it.
        Path fresh = Files.createTempFile(folder, "extracting-", null);
        try {
            try (InputStream content = resource.openStream()) {
                Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!sha256.equals(hash(fresh))) {
                throw new IOException("the extracted file isn't what was packed; is the disk full or the jar damaged?");
            }
            if (posix(fresh)) {
                Files.setPosixFilePermissions(fresh, OWNER_ONLY);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return file;
    }

    /** Makes sure that nobody else could put a file into the folder. */
    private static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                Files.createDirectories(folder.getParent());
            }
            try {
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                } else {
                    Files.createDirectory(folder);
                }
            } catch (java.nio.file.FileAlreadyExistsException another) {
                // Another process was quicker; it's looked at like any folder that was there.
                if (!Files.isDirectory(folder)) {
                    throw another;
                }
            }
        }
        if (posix(folder)) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException("other users can write to it");
            }
            if (!trusted(folder)) {
                throw new IOException("it belongs to " + Files.getOwner(folder).getName());
            }
        }
    }

    /** Returns whether a folder is this user's or root's. In containers a user may have a number and no name. */
    private static boolean trusted(Path folder) throws IOException {
        Path process = Path.of("/proc/self");
        if (Files.exists(process)) {
            Object owner = Files.getAttribute(folder, "unix:uid");
            return owner.equals(Files.getAttribute(process, "unix:uid")) || owner.equals(0);
        }
        String owner = Files.getOwner(folder).getName();
        return owner.equals(System.getProperty("user.name")) || owner.equals("root");
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String hash(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
