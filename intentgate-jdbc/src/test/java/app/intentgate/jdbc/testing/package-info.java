/** Databases for tests: one real PostgreSQL for all of them, and SQLite files. */
package app.intentgate.jdbc.testing;
