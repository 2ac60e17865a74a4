/**
 * Signed statements of where a chain stood (B28): whoever holds an old one can show that a log was
 * cut, rolled back or written anew since, even by the owner of the database.
 */
package app.intentgate.audit.checkpoint;
