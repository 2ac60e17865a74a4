/**
 * Glob patterns as Rego's {@code glob.match} has them: wildcards that stop at delimiters, character
 * lists, alternatives. Matching takes time linear in the text, because a glob becomes a regular
 * expression of the {@code regex} package.
 */
package app.intentgate.rego.glob;
