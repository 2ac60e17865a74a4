/**
 * Policies and data from files, folders and bundles, found and rooted the way OPA does it: for the
 * command line, tests and those who embed the engine.
 */
package app.intentgate.rego.load;
