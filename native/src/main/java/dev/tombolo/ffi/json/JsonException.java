package dev.tombolo.ffi.json;

/** Tells that JSON can't be read, or that a message can't be written as JSON: what is wrong, and where. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The most characters of foreign text, such as a map key, that a message repeats. */
    private static final int MAX_EXCERPT = 48;

    private final int offset;
    private final String problem;
    private String path = "";

    /**
     * Makes an exception at a place of the input.
     *
     * @param offset the byte of the input, or -1 where there is no input
     * @param problem what is wrong, to be read after the path of a field
     */
    JsonException(int offset, String problem) {
        this.offset = offset;
        this.problem = problem;
    }

    /** Puts a step, a field's name or an index in brackets, before the path, and returns this exception. */
    JsonException within(String step) {
        path = path.isEmpty() || path.startsWith("[") ? step + path : step + "." + path;
        return this;
    }

    /** Puts the key of a map before the path, and returns this exception. */
    JsonException withinEntry(Object key) {
        return within("[\"" + excerpt(key.toString()) + "\"]");
    }

    /** Cuts a text that came from outside to a length fit for a message. */
    static String excerpt(String text) {
        return text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "...";
    }

    /** Says what is wrong, and at which field and byte, as far as these are known. */
    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder();
        if (!path.isEmpty()) {
            text.append("field ").append(path);
        }
        if (offset >= 0) {
            text.append(path.isEmpty() ? "byte " : " at byte ").append(offset).append(':');
        } else if (path.isEmpty()) {
            text.append("the message");
        }
        return text.append(' ').append(problem).toString();
    }
}
