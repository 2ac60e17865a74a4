package app.intentgate.server;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A tool server of the official SDK over HTTP, with sessions and event streams. */
final class SdkToolServer implements AutoCloseable {
  private final McpSyncServer tools;
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);

  private SdkToolServer(HttpServletStreamableServerTransportProvider transport) throws Exception {
    tools =
        McpServer.sync(transport)
            .serverInfo("tools", "1")
            .toolCall(tool("read_a"), (exchange, request) -> text("read " + request.arguments()))
            .toolCall(
                tool("read_roots"),
                (exchange, request) -> text("roots " + exchange.listRoots().roots().get(0).uri()))
            .toolCall(tool("drop_table"), (exchange, request) -> text("dropped"))
            .build();
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp/*");
    jetty.setHandler(context);
    jetty.start();
  }

  /** Starts one on a free port. */
  static SdkToolServer start() throws Exception {
    return new SdkToolServer(
        new HttpServletStreamableServerTransportProvider.Builder().mcpEndpoint("/mcp").build());
  }

  static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object"))
        .description("A tool of the test.")
        .build();
  }

  static McpSchema.CallToolResult text(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).build();
  }

  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + "/mcp";
  }

  @Override
  public void close() {
    tools.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
