package app.intentgate.examples.agents.mcpclient;

import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.IntentGateException;
import app.intentgate.sdk.TokenSource;
import app.intentgate.sdk.mcp.GateMcpTransport;
import app.intentgate.sdk.mcp.McpDenials;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The official MCP client: to it, the gate is the MCP server behind it. */
public final class McpClientAgent implements AutoCloseable {
  private final McpSyncClient client;

  /** A client that shows its token, and the user's words, with every request. */
  public McpClientAgent(String url, TokenSource tokens, String words) {
    this.client =
        McpClient.sync(GateMcpTransport.builder(url, tokens).openConnectionOnStartup(false).build())
            .requestTimeout(Duration.ofSeconds(30))
            .transportContextProvider(
                () -> McpTransportContext.create(Map.of(ContextKeys.PROMPT, words)))
            .build();
    client.initialize();
  }

  /** The names of the tools this token may call. */
  public List<String> tools() {
    return client.listTools().tools().stream().map(Tool::name).toList();
  }

  /**
   * Calls a tool.
   *
   * @throws IntentGateException when the gate refused it, or it waits for a person
   */
  public String call(String tool, Map<String, Object> arguments) {
    CallToolResult result =
        McpDenials.orThrow(
            client.callTool(CallToolRequest.builder(tool).arguments(arguments).build()));
    return ((TextContent) result.content().get(0)).text();
  }

  @Override
  public void close() {
    client.close();
  }
}
