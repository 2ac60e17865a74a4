package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.token.Grant;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK as client and as server, with the gate between them as if it were not there. */
@Timeout(90)
class McpSdkTest {
  @TempDir Path directory;

  private static McpSchema.Tool tool(String name) {
    return McpSchema.Tool.builder(name, Map.of("type", "object"))
        .description("A tool of the test.")
        .build();
  }

  private static McpSchema.CallToolResult text(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).build();
  }

  @Test
  void aClientAndAServerOfTheSdkWorkThroughTheGate() throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        new HttpServletStreamableServerTransportProvider.Builder().mcpEndpoint("/mcp").build();
    McpSyncServer tools =
        McpServer.sync(transport)
            .serverInfo("tools", "1")
            .toolCall(tool("read_a"), (exchange, request) -> text("read " + request.arguments()))
            .toolCall(
                tool("read_roots"),
                (exchange, request) -> text("roots " + exchange.listRoots().roots().get(0).uri()))
            .toolCall(tool("drop_table"), (exchange, request) -> text("dropped"))
            .build();
    Server jetty = new Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(transport);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/mcp/*");
    jetty.setHandler(context);
    jetty.start();
    try (TestGate gate =
        TestGate.start(
            directory, "UPSTREAM_URL", "http://127.0.0.1:" + connector.getLocalPort() + "/mcp")) {
      String token = gate.mint(Grant.to("agent").tools("read_*"));
      try (McpSyncClient client =
          McpClient.sync(
                  HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + gate.port())
                      .endpoint("/v1/mcp")
                      .addHttpRequestCustomizer(
                          (request, method, uri, body, ctx) ->
                              request.setHeader("Authorization", "Bearer " + token))
                      .build())
              .requestTimeout(Duration.ofSeconds(30))
              .capabilities(McpSchema.ClientCapabilities.builder().roots(false).build())
              .roots(List.of(new McpSchema.Root("file:///work", "work")))
              .build()) {
        assertThat(client.initialize().serverInfo().name()).isEqualTo("tools");
        client.ping();
        assertThat(client.listTools().tools().stream().map(McpSchema.Tool::name))
            .as("without what the token does not cover")
            .containsExactlyInAnyOrder("read_a", "read_roots");
        assertThat(said(client, "read_a", Map.of("id", 7))).isEqualTo("read {id=7}");
        assertThat(said(client, "read_roots", Map.of()))
            .as("the server asked the client while it worked")
            .isEqualTo("roots file:///work");
        McpSchema.CallToolResult refused =
            client.callTool(
                McpSchema.CallToolRequest.builder("drop_table").arguments(Map.of()).build());
        assertThat(refused.isError()).isTrue();
        assertThat(((McpSchema.TextContent) refused.content().get(0)).text())
            .contains("not carried out");
      }
    } finally {
      tools.close();
      jetty.stop();
    }
  }

  private static String said(McpSyncClient client, String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result =
        client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    return ((McpSchema.TextContent) result.content().get(0)).text();
  }
}
