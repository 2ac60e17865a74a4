/**
 * The official MCP Java SDK as a client of a gate: a token with every request, and denials as
 * exceptions. Needs {@code io.modelcontextprotocol.sdk:mcp}, which the SDK does not bring.
 */
@NullMarked
package app.intentgate.sdk.mcp;

import org.jspecify.annotations.NullMarked;
