package dev.tombolo.technology;

import java.util.List;
import java.util.Map;

/**
 * How a technology is found: the patterns of its fingerprint, as it writes them (regular expressions of RE2's syntax with
 * {@code \;version:} and {@code \;confidence:} tails).
 *
 * @param cookies patterns for cookie values, by cookie name
 * @param headers patterns for header values, by header name in lower case
 * @param html patterns for the body
 * @param scriptSrc patterns for the src of script elements
 * @param meta patterns for the content of meta elements, by their name
 * @param scripts patterns for the text of scripts; not matched
 * @param js patterns for JavaScript properties, by path; not matched
 * @param css patterns for style sheets; not matched
 * @param dom rules on the document tree, by CSS selector, as the fingerprint's JSON has them: texts and maps; not matched
 */
public record FingerprintRules(
        Map<String, String> cookies,
        Map<String, String> headers,
        List<String> html,
        List<String> scriptSrc,
        Map<String, List<String>> meta,
        List<String> scripts,
        Map<String, String> js,
        List<String> css,
        Map<String, Object> dom) {
    public FingerprintRules {
        cookies = Map.copyOf(cookies);
        headers = Map.copyOf(headers);
        html = List.copyOf(html);
        scriptSrc = List.copyOf(scriptSrc);
        meta = Map.copyOf(meta);
        scripts = List.copyOf(scripts);
        js = Map.copyOf(js);
        css = List.copyOf(css);
        dom = Map.copyOf(dom);
    }
}
