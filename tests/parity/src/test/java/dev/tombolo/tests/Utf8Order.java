package dev.tombolo.tests;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order that Go sorts texts in: by their bytes. */
final class Utf8Order {
    private Utf8Order() {}

    static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
