/** The proto3-JSON codec of the boundary, driven by message descriptors. Nothing here is exported. */
@NullMarked
package dev.tombolo.ffi.json;

import org.jspecify.annotations.NullMarked;
