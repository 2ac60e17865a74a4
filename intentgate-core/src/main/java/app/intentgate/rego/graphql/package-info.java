/**
 * Reads GraphQL queries into documents of the shape that OPA gives to policies. Stands alone; knows
 * the syntax of executable documents, and no schemas.
 */
package app.intentgate.rego.graphql;
