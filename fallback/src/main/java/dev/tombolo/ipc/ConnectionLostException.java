package dev.tombolo.ipc;

/** The connection to the sidecar is gone; the message says what is known of the reason. */
final class ConnectionLostException extends Exception {
    private static final long serialVersionUID = 1;

    ConnectionLostException(String message) {
        super(message);
    }
}
