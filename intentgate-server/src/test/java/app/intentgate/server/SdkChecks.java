package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;

/** What a client of the official SDK sees of {@link SdkToolServer}, whatever lies between. */
final class SdkChecks {
  private SdkChecks() {}

  /** The whole round for a token that covers {@code read_*}, with a root {@code file:///work}. */
  static void readsAndIsRefusedTheRest(McpSyncClient client) {
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

  static String said(McpSyncClient client, String tool, Map<String, Object> arguments) {
    McpSchema.CallToolResult result =
        client.callTool(McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    return ((McpSchema.TextContent) result.content().get(0)).text();
  }
}
