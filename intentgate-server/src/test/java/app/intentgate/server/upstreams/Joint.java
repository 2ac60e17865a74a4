package app.intentgate.server.upstreams;

import app.intentgate.json.JsonObject;
import app.intentgate.server.config.UpstreamEntry;
import app.intentgate.server.upstream.UpstreamClient.Exchange;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstreams.SessionMap.Opened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several scripted servers behind one client, asked as a gate asks. */
final class Joint {
  final Map<String, ScriptedServer> servers = new LinkedHashMap<>();
  final Upstreams upstreams;
  final List<String> session = new ArrayList<>();

  private Joint(List<UpstreamEntry> entries, long waitMillis) {
    entries.forEach(each -> servers.put(each.name(), new ScriptedServer(each.name())));
    upstreams =
        Upstreams.several(
            entries,
            each -> Objects.requireNonNull(servers.get(each.name())),
            new Upstreams.Gathering(Runnable::run, waitMillis, (server, cursor, page) -> {}),
            "9.9");
  }

  /** The servers {@code sap} and {@code crm}, under their usual prefixes. */
  static Joint ofTwo() {
    return of(
        ScriptedServer.entry("sap", "sap_", Map.of()),
        ScriptedServer.entry("crm", "crm_", Map.of()));
  }

  static Joint of(UpstreamEntry... entries) {
    return new Joint(List.of(entries), 60_000);
  }

  ScriptedServer server(String name) {
    return Objects.requireNonNull(servers.get(name));
  }

  /** From now on within sessions at these servers, which have them by these names. */
  Joint in(Map<String, String> sessions) {
    Map<String, Opened> opened = new LinkedHashMap<>();
    sessions.forEach((server, id) -> opened.put(server, new Opened(id, "2025-06-18")));
    session.clear();
    session.addAll(List.of("Mcp-Session-Id", SessionMap.of(opened).id()));
    return this;
  }

  private UpstreamRequest post(String message, String tenant) {
    byte[] body = ScriptedServer.bytes(message);
    JsonObject object = (JsonObject) ScriptedServer.json(message);
    // A message without a method is an answer, which has an id and is no request.
    return new UpstreamRequest(
            body,
            object.get("method") == null ? null : object.get("id"),
            null,
            List.copyOf(session))
        .of(() -> tenant);
  }

  /** What comes of a message; it may come at once, or when the servers answer. */
  Got send(String message) {
    return send(message, "acme");
  }

  Got send(String message, String tenant) {
    Got got = new Got();
    got.exchange =
        Objects.requireNonNull(upstreams.client())
            .send(
                post(message, tenant),
                (result, head) ->
                    got.all.add(result.toString().replace('"', '\'') + " in " + head.sessionId()));
    return got;
  }

  Got send(UpstreamRequest request) {
    Got got = new Got();
    got.exchange =
        Objects.requireNonNull(upstreams.client())
            .send(request, (result, head) -> got.all.add(result.toString().replace('"', '\'')));
    return got;
  }

  Exchange open(String message, String tenant, Heard heard) {
    return Objects.requireNonNull(upstreams.client()).open(post(message, tenant), heard);
  }

  Exchange open(UpstreamRequest request, Heard heard) {
    return Objects.requireNonNull(upstreams.client()).open(request, heard);
  }

  /** What came of one message. */
  static final class Got {
    final List<String> all = new ArrayList<>();
    @Nullable Exchange exchange;

    String only() {
      if (all.size() != 1) {
        throw new AssertionError("one answer, not " + all);
      }
      return all.get(0);
    }
  }
}
