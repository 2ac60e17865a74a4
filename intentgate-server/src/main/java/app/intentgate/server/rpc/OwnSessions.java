package app.intentgate.server.rpc;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.GateAsClient;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves callers that know nothing of sessions, in front of a tool server that wants one: the gate
 * opens one for each token, keeps it while it is used, and renews it once when the server has
 * forgotten it. Whether the server wants one is learnt from its refusal, and that it opens none
 * from an {@code initialize} that it answers without one: one that fails says neither, and is tried
 * again by the next caller. Thread-safe; never blocks.
 */
final class OwnSessions {
  private static final int MAX = 1_000;
  private static final long IDLE = TimeUnit.MINUTES.toNanos(10);
  private static final long ASK_AGAIN = TimeUnit.MINUTES.toNanos(1);

  private final UpstreamClient client;
  private final String version;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Owner, Held> held = new LinkedHashMap<>(16, 0.75f, true);
  private volatile boolean wanted;
  private volatile long notBefore = System.nanoTime();

  /** A session of the gate: what it is called, in which version of the protocol, and for whom. */
  private record Opened(String id, String protocol, Owner owner) {}

  /**
   * What came of opening a session.
   *
   * @param session the session; null when there is none
   * @param result how the server answered
   */
  private record Opening(@Nullable Opened session, UpstreamResult result, UpstreamHead head) {
    /** Whether the server serves everybody without one. */
    boolean isNone() {
      return session == null && result instanceof UpstreamResult.Result;
    }
  }

  private static final class Held {
    private final CompletableFuture<Opening> opened = new CompletableFuture<>();
    private volatile long lastUsed = System.nanoTime();
  }

  OwnSessions(UpstreamClient client, String version) {
    this.client = client;
    this.version = version;
  }

  /**
   * Sends a request of a caller without a session.
   *
   * @param tool the tool called, or null
   * @param headers the headers that go with it
   * @param owner whose session is used, where one is needed
   */
  void send(
      RpcRequest request,
      @Nullable String tool,
      List<String> headers,
      Supplier<Owner> owner,
      UpstreamClient.Listener listener) {
    if (wanted) {
      inSession(new Sending(request, tool, headers, owner.get(), listener), true, null);
      return;
    }
    client.send(
        new UpstreamRequest(request.toBytes(), request.id(), tool, headers)
            .of(() -> owner.get().tenant()),
        (result, head) -> {
          if (result.wantsSession() && System.nanoTime() - notBefore >= 0) {
            inSession(
                new Sending(request, tool, headers, owner.get(), listener),
                true,
                () -> listener.onResult(result, head));
          } else {
            listener.onResult(result, head);
          }
        });
  }

  private record Sending(
      RpcRequest request,
      @Nullable String tool,
      List<String> headers,
      Owner owner,
      UpstreamClient.Listener listener) {}

  /** Sends within the owner's session; without one if the server opens none. */
  private void inSession(Sending sending, boolean renew, @Nullable Runnable otherwise) {
    Held mine = of(sending.owner());
    var unused =
        mine.opened.thenAccept(
            opening -> {
              if (opening.session() != null) {
                wanted = true;
                send(sending, mine, opening.session(), renew);
                return;
              }
              forget(sending.owner(), mine);
              if (!opening.isNone()) {
                sending.listener().onResult(opening.result(), opening.head());
                return;
              }
              wanted = false;
              notBefore = System.nanoTime() + ASK_AGAIN;
              if (otherwise != null) {
                otherwise.run();
              } else {
                RpcRequest request = sending.request();
                client.send(
                    new UpstreamRequest(
                            request.toBytes(), request.id(), sending.tool(), sending.headers())
                        .of(() -> sending.owner().tenant()),
                    sending.listener());
              }
            });
  }

  private void send(Sending sending, Held mine, Opened session, boolean renew) {
    mine.lastUsed = System.nanoTime();
    RpcRequest asked = sending.request();
    // Callers choose equal ids; within one session they have to differ.
    JsonValue id = asked.isNotification() ? null : number();
    RpcRequest request = new RpcRequest(id, asked.method(), asked.params());
    client.send(
        new UpstreamRequest(
                request.toBytes(), id, sending.tool(), within(session, sending.headers()))
            .of(() -> sending.owner().tenant()),
        new UpstreamClient.Listener() {
          @Override
          public void onResult(UpstreamResult result, UpstreamHead head) {
            if (result.status() == 404 && renew) {
              forget(sending.owner(), mine);
              inSession(sending, false, null);
            } else {
              sending.listener().onResult(result, head);
            }
          }

          @Override
          public void onServerRequest(JsonValue theirs) {
            refuse(session, theirs);
          }
        });
  }

  private JsonString number() {
    return JsonString.of("gate-" + numbers.incrementAndGet());
  }

  private static List<String> within(Opened session, List<String> headers) {
    List<String> out = new ArrayList<>(headers);
    out.addAll(List.of("Mcp-Session-Id", session.id(), "MCP-Protocol-Version", session.protocol()));
    return out;
  }

  private Held of(Owner owner) {
    Held mine;
    Held dropped = null;
    synchronized (held) {
      Held known = held.get(owner);
      if (known != null) {
        return known;
      }
      mine = new Held();
      held.put(owner, mine);
      if (held.size() > MAX) {
        var oldest = held.values().iterator();
        dropped = oldest.next();
        oldest.remove();
      }
    }
    if (dropped != null) {
      end(dropped);
    }
    open(mine, owner);
    return mine;
  }

  private void open(Held mine, Owner owner) {
    RpcRequest initialize =
        new RpcRequest(number(), "initialize", GateAsClient.initialize(version));
    client.send(
        new UpstreamRequest(initialize.toBytes(), initialize.id(), null, List.of())
            .of(owner::tenant),
        (result, head) -> {
          if (!head.hasUsableSession()) {
            UpstreamResult unusable =
                new UpstreamResult.Unusable(head.status(), 0, "the session id is none");
            mine.opened.complete(new Opening(null, unusable, UpstreamHead.NONE));
            return;
          }
          String id = head.sessionId();
          if (id == null || !(result instanceof UpstreamResult.Result answer)) {
            mine.opened.complete(new Opening(null, result, head.withSession(null)));
            return;
          }
          Opened session = new Opened(id, protocol(answer.value()), owner);
          byte[] ready = new RpcRequest(null, "notifications/initialized", null).toBytes();
          client.send(
              new UpstreamRequest(ready, null, null, within(session, List.of())).of(owner::tenant),
              (accepted, ignored) -> mine.opened.complete(new Opening(session, result, head)));
        });
  }

  private static String protocol(JsonValue result) {
    return result instanceof JsonObject object
            && object.get("protocolVersion") instanceof JsonString named
            && named.value().matches("[0-9-]{1,20}")
        ? named.value()
        : GateAsClient.PROTOCOL;
  }

  /** The gate does nothing for a server: no sampling, no elicitation, no roots. */
  private void refuse(Opened session, JsonValue theirs) {
    JsonOutput out = JsonOutput.plain().beginObject().name("jsonrpc").string("2.0").name("id");
    out.value(theirs).name("error").beginObject().name("code").number(-32601);
    out.name("message").string("method not found").endObject().endObject();
    client.send(
        new UpstreamRequest(out.toByteArray(), null, null, within(session, List.of()))
            .of(session.owner()::tenant),
        (result, head) -> {});
  }

  private void forget(Owner owner, Held mine) {
    synchronized (held) {
      held.remove(owner, mine);
    }
  }

  /** Ends the sessions that were not used for a while, or all. */
  void expire(boolean all) {
    List<Held> due = new ArrayList<>();
    long now = System.nanoTime();
    synchronized (held) {
      held.values()
          .removeIf(
              each -> {
                boolean old = all || now - each.lastUsed > IDLE;
                if (old) {
                  due.add(each);
                }
                return old;
              });
    }
    due.forEach(this::end);
  }

  private void end(Held session) {
    var unused =
        session.opened.thenAccept(
            opening -> {
              Opened opened = opening.session();
              if (opened != null) {
                client.send(
                    UpstreamRequest.without(Method.DELETE, within(opened, List.of()))
                        .of(opened.owner()::tenant),
                    (result, head) -> {});
              }
            });
  }
}
