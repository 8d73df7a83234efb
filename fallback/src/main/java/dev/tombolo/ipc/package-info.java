/**
 * The ipc mode. {@link dev.tombolo.ipc.IpcTransport} keeps a session with a sidecar and makes a new one when it's gone;
 * {@link dev.tombolo.ipc.Sidecar} is the process, {@link dev.tombolo.ipc.Connection} the socket to it with one thread that
 * writes and one that reads, and {@link dev.tombolo.ipc.Journal} what a fresh sidecar has to be told first.
 */
@NullMarked
package dev.tombolo.ipc;

import org.jspecify.annotations.NullMarked;
