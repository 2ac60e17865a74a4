package app.intentgate.server;

import app.intentgate.token.Grant;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK as client and as server, with the gate between them as if it were not there. */
@Timeout(90)
class McpSdkTest {
  @TempDir Path directory;

  @Test
  void aClientAndAServerOfTheSdkWorkThroughTheGate() throws Exception {
    try (SdkToolServer server = SdkToolServer.start();
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", server.url())) {
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
        SdkChecks.readsAndIsRefusedTheRest(client);
      }
    }
  }
}
