package dev.tombolo.transport;

import java.nio.file.FileSystemException;

/** Words for what went wrong, cause by cause: the outermost alone often says least. */
public final class Causes {
    private Causes() {}

    /** Returns the messages of a problem and its causes, each once. */
    public static String describe(Throwable problem) {
        StringBuilder text = new StringBuilder(message(problem));
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            String message = message(cause);
            if (text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
        }
        return text.toString();
    }

    private static String message(Throwable problem) {
        String message = problem.getMessage();
        if (message == null) {
            return problem.toString();
        }
        // Without a reason, such an exception's message is nothing but the file.
        return problem instanceof FileSystemException file && file.getReason() == null
                ? problem.getClass().getSimpleName().replace("Exception", "") + " " + message
                : message;
    }
}
