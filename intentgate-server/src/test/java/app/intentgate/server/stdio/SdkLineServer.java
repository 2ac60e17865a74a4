package app.intentgate.server.stdio;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;

/** A tool server of the official SDK over standard input and output, as a program. */
public final class SdkLineServer {
  private SdkLineServer() {}

  /** Runs until its input ends. */
  public static void main(String[] args) {
    McpSyncServer server =
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
            .serverInfo("tools", "1")
            .toolCall(tool("read_a"), (exchange, request) -> text("read " + request.arguments()))
            .toolCall(
                tool("read_roots"),
                (exchange, request) -> text("roots " + exchange.listRoots().roots().get(0).uri()))
            .toolCall(tool("drop_table"), (exchange, request) -> text("dropped"))
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  private static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object")).description("A tool.").build();
  }

  private static McpSchema.CallToolResult text(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).build();
  }
}
