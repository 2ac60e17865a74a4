package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.FakeIssuer;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.testing.FreePort;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official SDK's client, which knows the address of the gate and OAuth, and nothing of
 * capabilities: it is refused, follows what the refusal says to a token, and works with it.
 */
@Timeout(90)
class OAuthClientTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String RULES =
      "[{\"when\":{\"client_id\":\"desk\"},\"subject\":\"${sub}\",\"tools\":[\"read_*\"]}]";

  @TempDir Path directory;

  @Test
  void anOrdinaryClientFindsItsTokenAndWorksWithIt() throws Exception {
    int port = FreePort.next();
    String base = "http://127.0.0.1:" + port;
    try (FakeIssuer issuer = new FakeIssuer();
        SdkToolServer server = SdkToolServer.start();
        TestGate gate =
            OAuthGate.start(
                directory,
                issuer,
                RULES,
                "ADDR",
                "127.0.0.1:" + port,
                "OAUTH_AUDIENCE",
                base + "/v1/mcp",
                "UPSTREAM_URL",
                server.url())) {
      assertThat(gate.port()).isEqualTo(port);
      String token = tokenFor(base + "/v1/mcp");
      try (McpSyncClient client =
          McpClient.sync(
                  HttpClientStreamableHttpTransport.builder(base)
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

  /** The way the specification has clients go: challenge, resource, issuer, token. */
  private static String tokenFor(String url) throws Exception {
    HttpResponse<String> refused =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(401);
    Matcher found =
        Pattern.compile("resource_metadata=\"([^\"]+)\"")
            .matcher(refused.headers().firstValue("WWW-Authenticate").orElseThrow());
    assertThat(found.find()).isTrue();
    JsonNode resource = get(found.group(1));
    assertThat(resource.get("resource").asText()).isEqualTo(url);
    String issuer = resource.get("authorization_servers").get(0).asText();
    JsonNode metadata = get(issuer + "/.well-known/oauth-authorization-server");
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(metadata.get("token_endpoint").asText()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&resource="
                            + URLEncoder.encode(url, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return Vectors.JSON.readTree(answer.body()).get("access_token").asText();
  }

  private static JsonNode get(String url) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return Vectors.JSON.readTree(answer.body());
  }
}
