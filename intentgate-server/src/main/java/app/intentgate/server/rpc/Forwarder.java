package app.intentgate.server.rpc;

import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands what may pass to the tool server, and its answer back in the form the client reads. */
final class Forwarder {
  private final UpstreamClient client;
  private final Sessions sessions;
  private final OwnSessions own;
  private final OpenStreams streams;
  private final RequestEvents events;

  Forwarder(
      UpstreamClient client,
      Sessions sessions,
      OwnSessions own,
      OpenStreams streams,
      RequestEvents events) {
    this.client = client;
    this.sessions = sessions;
    this.own = own;
    this.streams = streams;
    this.events = events;
  }

  /** Sends a request whose answer goes to the client. */
  void request(
      Inbound in, RpcRequest request, @Nullable String tool, Conversation who, Awaited awaited) {
    in.waitForUpstream();
    List<String> headers = ForwardedHeaders.of(in.headers(), who.upstreamSession());
    UpstreamRequest message =
        new UpstreamRequest(request.toBytes(), request.id(), tool, headers).of(who.tenant());
    if (in.acceptsEventStream() && in.isMcpClient()) {
      new Relay(in, who, awaited, who.session(), sessions, streams, events).start(client, message);
      return;
    }
    UpstreamClient.Listener listener =
        (result, head) -> AgentRoutes.guarded(in, () -> answer(in, who, awaited, result, head));
    if (!in.isMcpClient()) {
      own.send(request, tool, headers, who.owner(), listener);
      in.staysReadable();
      return;
    }
    UpstreamClient.Exchange exchange = client.send(message, listener);
    if (!in.isModern()) {
      in.staysReadable();
    } else {
      in.onClientLeft(
          () -> {
            awaited.abandoned();
            exchange.cancel();
          });
    }
  }

  private void answer(
      Inbound in, Conversation who, Awaited awaited, UpstreamResult came, UpstreamHead head) {
    // A client that is to have a session cannot go on without its id.
    boolean named = !in.isMcpClient() || head.hasUsableSession();
    UpstreamResult result =
        named ? came : new UpstreamResult.Unusable(head.status(), 0, "the session id is none");
    byte[] changed = awaited.answered(result);
    List<String> headers = in.isMcpClient() && named ? who.headers(head, sessions) : List.of();
    in.reply(
        Relayed.status(in, result), headers, changed == null ? awaited.plain(result) : changed);
  }

  /** Sends a message that has no answer: a notification, or the client's answer to the server. */
  void message(
      Inbound in,
      byte[] body,
      @Nullable String tool,
      Conversation who,
      Consumer<UpstreamResult> then) {
    in.waitForUpstream();
    client.send(
        new UpstreamRequest(
                body, null, tool, ForwardedHeaders.of(in.headers(), who.upstreamSession()))
            .of(who.tenant()),
        (result, head) ->
            AgentRoutes.guarded(
                in,
                () -> {
                  then.accept(result);
                  int status = result.status();
                  if (status >= 400 && in.isMcpClient()) {
                    GetAnswers.reply(in, status, List.of(), result);
                  } else {
                    in.accepted();
                  }
                }));
  }

  /** Sends a call of the flat shape, which knows neither streams nor sessions. */
  void flat(
      Inbound in,
      RpcRequest request,
      String tool,
      Supplier<Owner> owner,
      Consumer<UpstreamResult> then) {
    in.waitForUpstream();
    own.send(
        request,
        tool,
        ForwardedHeaders.of(in.headers(), ""),
        owner,
        (result, head) -> AgentRoutes.guarded(in, () -> then.accept(result)));
  }

  /** Opens the server's own stream, or goes on with one that broke. */
  void stream(Inbound in, Conversation who) {
    in.waitForUpstream();
    SessionState session = who.session();
    new Relay(
            in,
            who,
            null,
            session != null ? session : sessions.withoutSession(who.owner().get()),
            sessions,
            streams,
            events)
        .start(
            client,
            UpstreamRequest.without(
                    Method.GET, ForwardedHeaders.of(in.headers(), who.upstreamSession()))
                .of(who.tenant()));
  }

  /** Ends a session. */
  void end(Inbound in, Conversation who) {
    in.waitForUpstream();
    client.send(
        UpstreamRequest.without(
                Method.DELETE, ForwardedHeaders.of(in.headers(), who.upstreamSession()))
            .of(who.tenant()),
        (result, head) ->
            AgentRoutes.guarded(
                in,
                () -> {
                  SessionState session = who.session();
                  int status = result.status();
                  if (session != null && status >= 200 && (status < 300 || status == 404)) {
                    sessions.end(session);
                  }
                  if (status >= 200 && status < 300) {
                    in.empty(status, List.of());
                  } else {
                    GetAnswers.reply(in, status, head.kept(), result);
                  }
                }));
  }

  /** Ends, at the tool server, a session whose token holds no longer (mcp L4). */
  void end(SessionState session) {
    sessions.end(session);
    client.send(
        UpstreamRequest.without(Method.DELETE, List.of("Mcp-Session-Id", session.upstreamId()))
            .of(session.owner()::tenant),
        (result, head) -> {});
  }
}
