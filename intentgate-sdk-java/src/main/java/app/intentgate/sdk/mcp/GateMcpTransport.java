package app.intentgate.sdk.mcp;

import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.ContextKeys;
import app.intentgate.sdk.TokenSource;
import app.intentgate.token.CapabilityToken;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A transport of the MCP SDK that shows a gate who calls: the token of the current user, the
 * prompt, the task, as the {@linkplain ContextKeys transport context} of each request names them.
 *
 * <pre>{@code
 * McpSyncClient client = McpClient.sync(GateMcpTransport.builder(url, TokenSource.of(token)).build())
 *     .transportContextProvider(() -> McpTransportContext.create(Map.of(ContextKeys.PROMPT, words)))
 *     .build();
 * }</pre>
 */
public final class GateMcpTransport {
  private static final List<String> KEYS =
      List.of(
          ContextKeys.USER,
          ContextKeys.PROMPT,
          ContextKeys.TASK,
          ContextKeys.ON_BEHALF_OF,
          ContextKeys.APPROVAL_ID,
          ContextKeys.MEMORY);

  private GateMcpTransport() {}

  /**
   * A builder of a transport to a gate.
   *
   * @param url the gate's address, without a path
   * @param tokens asked before each request
   */
  public static HttpClientStreamableHttpTransport.Builder builder(String url, TokenSource tokens) {
    return HttpClientStreamableHttpTransport.builder(url)
        .endpoint("/v1/mcp")
        .customizeClient(http -> http.followRedirects(HttpClient.Redirect.NEVER))
        .addHttpRequestCustomizer(
            (request, method, address, body, context) -> {
              CallOptions options = options(context);
              CapabilityToken token = tokens.token(new TokenSource.Request(options.user(), null));
              if (token != null) {
                request.setHeader("Authorization", "Bearer " + token.encode());
              }
              options.headers().forEach(request::setHeader);
            });
  }

  private static CallOptions options(McpTransportContext context) {
    Map<String, Object> values = new HashMap<>();
    for (String key : KEYS) {
      Object value = context.get(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    return ContextKeys.options(values);
  }
}
