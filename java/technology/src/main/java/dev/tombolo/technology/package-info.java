/**
 * Which technologies a website runs, told from the headers and the body of a response.
 *
 * <pre>{@code
 * try (var detector = TechnologyDetector.open()) {
 *     Detection detection = detector.detect(WebPage.of(response));
 *     detection.technologies().forEach(t -> System.out.println(t.name() + " " + t.versionOr("")));
 * }
 * }</pre>
 */
@NullMarked
package dev.tombolo.technology;

import org.jspecify.annotations.NullMarked;
