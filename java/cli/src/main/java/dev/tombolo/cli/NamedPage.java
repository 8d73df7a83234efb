package dev.tombolo.cli;

import dev.tombolo.technology.WebPage;

/**
 * A page that was read, with the name it goes by in the results.
 *
 * @param id the recorded page's id, otherwise the input as the user wrote it
 */
record NamedPage(String id, WebPage page) {}
