/** What typed clients are made of. Not for applications. */
@NullMarked
package dev.tombolo.internal;

import org.jspecify.annotations.NullMarked;
