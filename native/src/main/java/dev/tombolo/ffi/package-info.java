/**
 * The ffi mode. {@link dev.tombolo.ffi.Preflight} looks whether the library may be loaded here,
 * {@link dev.tombolo.ffi.NativeLibrary} loads it, once per process, and {@link dev.tombolo.ffi.FfiTransport} calls it through
 * the bindings that jextract generates from {@code tombolo.h}.
 */
@NullMarked
package dev.tombolo.ffi;

import org.jspecify.annotations.NullMarked;
