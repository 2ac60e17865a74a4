/**
 * What the MCP specification says, apart from HTTP and from what the gate decides: which methods
 * there are, how headers and body of a request must agree, the two eras, and the sealed texts by
 * which a client names its session or goes on with a call.
 */
@NullMarked
package app.intentgate.server.mcp;

import org.jspecify.annotations.NullMarked;
