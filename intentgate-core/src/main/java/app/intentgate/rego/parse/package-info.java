/**
 * From Rego source to its syntax tree. {@link app.intentgate.rego.parse.RegoParser} reads modules,
 * queries and terms, in the language before and since OPA 1.0, and reports errors with the codes,
 * words and places that OPA gives them.
 */
package app.intentgate.rego.parse;
