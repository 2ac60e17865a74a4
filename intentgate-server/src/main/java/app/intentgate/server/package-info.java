/**
 * The server around the core: it puts a gate together from the configuration, listens, and stops in
 * order. It translates; it does not decide.
 */
@NullMarked
package app.intentgate.server;

import org.jspecify.annotations.NullMarked;
