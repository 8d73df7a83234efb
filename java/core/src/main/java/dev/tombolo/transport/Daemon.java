package dev.tombolo.transport;

/** Starts the platform threads that a transport needs of its own. */
public final class Daemon {
    private Daemon() {}

    /**
     * Starts a daemon thread that takes nothing over from its creator: neither its thread locals nor its context class
     * loader, which it would keep from being collected.
     */
    public static Thread start(String name, Runnable task) {
        Thread thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }
}
