package app.intentgate.server.upstreams;

import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A tool server that says nothing until the test does, and remembers what it was asked. */
final class ScriptedServer implements UpstreamClient {
  private final String name;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  ScriptedServer(String name) {
    this.name = name;
  }

  /** One exchange, whose other end the test holds. */
  static final class Asked implements Exchange {
    final UpstreamRequest request;
    final @Nullable Listener listener;
    final @Nullable UpstreamReceiver receiver;
    volatile int cancelled;

    Asked(
        UpstreamRequest request, @Nullable Listener listener, @Nullable UpstreamReceiver receiver) {
      this.request = request;
      this.listener = listener;
      this.receiver = receiver;
    }

    @Override
    public void cancel() {
      cancelled++;
    }

    /** The message with apostrophes for quotation marks, so that tests can be read. */
    String body() {
      return new String(request.body(), StandardCharsets.UTF_8).replace('"', '\'');
    }

    /** The headers as {@code name=value}. */
    List<String> headers() {
      List<String> out = new java.util.ArrayList<>();
      for (int i = 0; i + 1 < request.headers().size(); i += 2) {
        out.add(request.headers().get(i) + "=" + request.headers().get(i + 1));
      }
      return out;
    }

    void result(String json) {
      result(json, null);
    }

    void result(String json, @Nullable String session) {
      answer(new UpstreamResult.Result(200, 1, json(json)), session);
    }

    void answer(UpstreamResult result, @Nullable String session) {
      if (listener == null) {
        throw new AssertionError("the answer is awaited as a stream");
      }
      listener.onResult(
          result, new UpstreamHead(result.status(), session, "application/json", List.of()));
    }
  }

  static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static UpstreamEntry entry(
      String name, String prefix, Map<String, String> rename, String... tenants) {
    URI url = URI.create("http://" + name + ".example/mcp");
    return new UpstreamEntry(name, url, prefix, rename, Set.of(tenants), null, null);
  }

  /** The server by itself, under its usual prefix. */
  ToolServer server() {
    return server(name + "_", Map.of());
  }

  ToolServer server(String prefix, Map<String, String> rename) {
    return new ToolServer(
        entry(name, prefix, rename),
        this,
        new ServerHealth(Clock.systemUTC(), ServerHealth.PATIENCE));
  }

  List<Asked> asked() {
    return asked;
  }

  /** What it was asked last. */
  Asked last() {
    return asked.get(asked.size() - 1);
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    Asked exchange = new Asked(request, listener, null);
    asked.add(exchange);
    return exchange;
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    Asked exchange = new Asked(request, null, receiver);
    asked.add(exchange);
    return exchange;
  }

  @Override
  public void close() {}
}
