/**
 * Reaching a database: URLs, connection pools, transactions that are tried again, and the few
 * things in which PostgreSQL (a fleet) and SQLite (one node) differ. What is stored there is in the
 * packages beside this one.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc;
