/** The conformance suite: its case files as records, and the tests that run them. */
package app.intentgate.rego.conformance;
