/**
 * The schema of a database and how it comes to be: numbered migrations, each applied once, in a
 * table that says which. A database that a newer program wrote is refused.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.schema;
