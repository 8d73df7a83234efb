/** Tests of the whole over every mode and every socket. */
@NullMarked
package dev.tombolo.tests;

import org.jspecify.annotations.NullMarked;
