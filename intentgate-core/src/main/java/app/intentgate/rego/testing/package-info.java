/**
 * Runs the tests that policies hold: rules named {@code test_…}. What the command line shows, the
 * gate asks before a policy is put in force, and an embedder may call in a test of its own.
 */
package app.intentgate.rego.testing;
