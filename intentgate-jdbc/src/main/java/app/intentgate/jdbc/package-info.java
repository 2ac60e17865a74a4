/** The core's store interfaces over SQL: PostgreSQL for a fleet, SQLite for one node. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc;
