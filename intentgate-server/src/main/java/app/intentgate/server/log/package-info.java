/**
 * Log lines on standard error, for people or as JSON: a small SLF4J provider, so that the server
 * needs no logging library. Nothing on the path of a call logs unless something failed.
 */
@NullMarked
package app.intentgate.server.log;

import org.jspecify.annotations.NullMarked;
