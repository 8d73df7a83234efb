// Package match recognises the technologies of a website from a response, with
// the answers of wappalyzergo's Fingerprint and about two thousand times
// faster. It needs neither wappalyzergo nor its data: those are in an index,
// which is made by go generate and embedded.
//
// # How it works
//
// For every pattern the index knows strings of which at least one is in every
// match. One scan of a text finds those of all patterns; where one is found,
// the pattern runs, and only there. A pattern that is nothing but its strings
// doesn't run at all. docs/matcher.md has the argument why the answers are the
// same.
//
// Time is linear in the size of the page, whatever the page. The page is read
// in place; a page with U+212A or U+0130 (which lower-casing makes ASCII) is
// copied once. Every loop looks at the context.
//
// # Where answers differ from upstream's
//
// Implied names that have tags, such as "PHP\;confidence:75", are answered as
// "PHP", and the tag is the confidence of that implication. Where PHP is also
// found by its own patterns, these alone count; where others imply it without a
// tag, the confidences add up. A version tag of an implication is dropped, as
// upstream gives implied technologies no version.
//
// Where upstream's answer is one of several, by the order of a map:
//
//   - of header names that differ only in case, the first in Page.Headers
//     counts, with all lines of exactly that name;
//   - of two versions of a technology of which neither is more specific, that
//     of the pattern which comes first counts: by name between headers and
//     between cookies, by their order in the fingerprints otherwise. ("1.0"
//     and "1.x" are such versions: what is no number counts as 0.)
//
// Confidences are upstream's, which it keeps to itself: within one of its steps
// (all headers; all cookies; the HTML; each script tag; each meta tag) the
// highest of a technology's patterns counts, and steps add up to at most 100.
package match
