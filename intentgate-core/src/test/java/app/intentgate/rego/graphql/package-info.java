/** Tests of the GraphQL reader. */
package app.intentgate.rego.graphql;
