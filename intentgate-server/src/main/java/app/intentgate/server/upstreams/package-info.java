/**
 * Several tool servers that look like one: names, sessions, lists and ids, kept apart and joined.
 */
@NullMarked
package app.intentgate.server.upstreams;

import org.jspecify.annotations.NullMarked;
