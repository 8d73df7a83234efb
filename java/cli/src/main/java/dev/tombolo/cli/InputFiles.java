package dev.tombolo.cli;

import dev.tombolo.InvalidArgumentException;
import dev.tombolo.ResourceExhaustedException;
import dev.tombolo.StatusCode;
import dev.tombolo.TomboloException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;

/** Reads files that users name, and says in a sentence what is wrong with them. */
final class InputFiles {
    private InputFiles() {}

    /** Returns the whole content of a file that has no more than some bytes. */
    static byte[] read(String name, long maxBytes) {
        Path file = path(name);
        try {
            // The size of what isn't a regular file says nothing.
            if (Files.isRegularFile(file) && Files.size(file) > maxBytes) {
                throw tooLarge(name, Files.size(file), maxBytes);
            }
            try (InputStream in = open(name)) {
                return read(in, name, maxBytes);
            }
        } catch (IOException unreadable) {
            throw problem(name, unreadable);
        }
    }

    /**
     * Returns the rest of a stream.
     *
     * @param name what the stream is called in errors
     */
    static byte[] read(InputStream in, String name, long maxBytes) throws IOException {
        byte[] content = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
        if (content.length > maxBytes) {
            throw new ResourceExhaustedException(
                    "[" + name + "] has more than " + maxBytes + " bytes, which is the limit (tombolo.maxRequestBytes)",
                    List.of());
        }
        return content;
    }

    /** Opens a file. */
    static InputStream open(String name) throws IOException {
        Path file = path(name);
        if (Files.isDirectory(file)) {
            throw new InvalidArgumentException("[" + name + "] is a directory; name a file", List.of());
        }
        return Files.newInputStream(file);
    }

    private static Path path(String name) {
        if (name.isEmpty()) {
            throw new InvalidArgumentException("a file's name is empty", List.of());
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException unusable) {
            throw new InvalidArgumentException(
                    "[" + name + "] can't be the name of a file here: " + unusable.getReason(), List.of());
        }
    }

    /** Returns the error for something that has too many bytes. */
    static ResourceExhaustedException tooLarge(String name, long size, long maxBytes) {
        return new ResourceExhaustedException(
                "[" + name + "] has " + size + " bytes; the limit is " + maxBytes + " (tombolo.maxRequestBytes)",
                List.of());
    }

    /** Returns the error for a file that can't be read. */
    static TomboloException problem(String name, IOException problem) {
        return switch (problem) {
            case NoSuchFileException missing ->
                TomboloException.of(StatusCode.NOT_FOUND, "there is no file [" + name + "]", List.of());
            case AccessDeniedException denied ->
                TomboloException.of(StatusCode.PERMISSION_DENIED, "[" + name + "] may not be read", List.of());
            case ZipException damaged -> damaged(name, problem);
            case EOFException damaged -> damaged(name, problem);
            default ->
                TomboloException.of(
                        StatusCode.UNAVAILABLE, "[" + name + "] can't be read: " + problem.getMessage(), List.of());
        };
    }

    private static TomboloException damaged(String name, IOException problem) {
        return TomboloException.of(
                StatusCode.DATA_LOSS, "[" + name + "] is damaged: " + problem.getMessage(), List.of());
    }
}
