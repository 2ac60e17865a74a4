/**
 * MCP over standard input and output: a gate in front of a local tool server that it runs itself,
 * and a bridge from a client that speaks lines to a gate that speaks HTTP.
 */
@NullMarked
package app.intentgate.server.stdio;

import org.jspecify.annotations.NullMarked;
