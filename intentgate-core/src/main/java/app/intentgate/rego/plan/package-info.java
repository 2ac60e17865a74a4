/**
 * Turns compiled rules and queries into the nodes that {@link app.intentgate.rego.eval} runs: gives
 * variables their slots, decides for each place of a variable whether it binds or compares, folds
 * constants, and builds the indexes of rule sets. Only what a query can reach is planned.
 */
package app.intentgate.rego.plan;
