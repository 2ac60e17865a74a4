/**
 * Regular expressions in RE2 syntax, the dialect of Go's {@code regexp}, matched in time linear in
 * the text. Patterns come from policies and configuration that nobody vetted for backtracking, so
 * {@code java.util.regex} is not an option; it differs from the dialect in many places as well.
 */
package app.intentgate.rego.regex;
