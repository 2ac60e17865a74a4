package app.intentgate.server.stdio;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.HeaderCheck;
import app.intentgate.server.mcp.HeaderText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The requests of a bridge: MCP's Streamable HTTP of both eras. Thread-safe. */
final class GateHttp {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI url;
  private final Supplier<@Nullable String> token;
  private final ParamHeaders paramHeaders = new ParamHeaders();
  private volatile @Nullable String session;
  private volatile @Nullable String protocol;

  /**
   * Requests to a gate.
   *
   * @param token what is presented with each; null for nothing. One that no header can hold fails
   *     the request with a sentence that does not quote it
   */
  GateHttp(URI url, Supplier<@Nullable String> token) {
    this.url = url;
    this.token = token;
  }

  ParamHeaders paramHeaders() {
    return paramHeaders;
  }

  @Nullable String session() {
    return session;
  }

  /** Takes note of the session that an answer to {@code initialize} opened, if any. */
  void opened(HttpResponse<?> response) {
    session = response.headers().firstValue("Mcp-Session-Id").orElse(null);
  }

  /** Takes note of the version that the server chose. */
  void chosen(JsonValue result) {
    if (result instanceof JsonObject object
        && object.get("protocolVersion") instanceof JsonString version
        && version.value().matches("[0-9A-Za-z.-]{1,40}")) {
      protocol = version.value();
    }
  }

  /** Forgets the session. */
  void closed() {
    session = null;
    protocol = null;
  }

  /** Whether a text can be presented: without white space and other characters no token has. */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * Posts a message.
   *
   * @throws IOException when it cannot even be sent
   */
  CompletableFuture<HttpResponse<InputStream>> post(byte[] body, Rpc message) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofByteArray(body));
    authorize(request);
    String stateless = message.statelessVersion();
    if (stateless != null) {
      stateless(request, message, stateless);
    } else if (!message.method().equals("initialize")) {
      inSession(request);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofInputStream());
  }

  private void stateless(HttpRequest.Builder request, Rpc message, String version) {
    request.header("MCP-Protocol-Version", HeaderText.encode(version));
    request.header("Mcp-Method", HeaderText.encode(message.method()));
    String name = HeaderCheck.nameOf(message.method(), message.params());
    if (name != null) {
      request.header("Mcp-Name", HeaderText.encode(name));
    }
    if (message.method().equals("tools/call")) {
      List<String> more = paramHeaders.of(message.params());
      for (int i = 0; i + 1 < more.size(); i += 2) {
        request.header(more.get(i), more.get(i + 1));
      }
    }
  }

  /**
   * Opens the server's own stream, or goes on with one that broke.
   *
   * @throws IOException when that cannot even be asked for
   */
  CompletableFuture<HttpResponse<InputStream>> listen(@Nullable String lastEventId)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("Accept", "text/event-stream").GET();
    authorize(request);
    inSession(request);
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return client.sendAsync(request.build(), BodyHandlers.ofInputStream());
  }

  /** Ends the session, if there is one, and waits a little for it. */
  void end() {
    if (session == null) {
      return;
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(url).DELETE().timeout(CONNECT);
    try {
      authorize(request);
      inSession(request);
      client.send(request.build(), BodyHandlers.discarding());
    } catch (IOException e) {
      // The gate is away; it ends the session by itself.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed();
    }
  }

  private void authorize(HttpRequest.Builder request) throws IOException {
    String text = token.get();
    if (text != null) {
      if (!isToken(text)) {
        // The JDK would refuse it too, and quote it.
        throw new IOException("the token holds white space or other characters that no token has");
      }
      request.header("Authorization", "Bearer " + text);
    }
  }

  private void inSession(HttpRequest.Builder request) {
    String id = session;
    String version = protocol;
    if (id != null) {
      request.header("Mcp-Session-Id", id);
    }
    if (version != null) {
      request.header("MCP-Protocol-Version", version);
    }
  }
}
