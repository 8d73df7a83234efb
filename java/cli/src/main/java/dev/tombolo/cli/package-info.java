/** The command line: {@code detect}, {@code info}, {@code technologies} and {@code categories}. */
@NullMarked
package dev.tombolo.cli;

import org.jspecify.annotations.NullMarked;
