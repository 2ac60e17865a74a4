package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.Outcome;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.server.consent.ConsentLinks;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.HandOver;
import app.intentgate.server.mcp.CallStates;
import app.intentgate.server.mcp.MethodRules;
import app.intentgate.server.mcp.PendingStates;
import app.intentgate.server.mcp.SessionIds;
import app.intentgate.server.mcp.ToolNames;
import app.intentgate.server.oauth.Presented;
import app.intentgate.server.oauth.TokenExchange;
import app.intentgate.server.pin.PinnedTools;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the agents' routes together. */
public final class AgentRoutesFactory {
  private AgentRoutesFactory() {}

  /**
   * How agents are served.
   *
   * @param keys what session ids are sealed with
   * @param hold how long calls are held that wait for a person
   * @param denialsAsResults whether MCP clients see refusals as tool results
   * @param rules what the operator said of methods
   * @param names how tools are called where they are judged
   * @param tools what tools are held against
   * @param maxBody the largest body, in bytes
   * @param upstreamTimeout how long the answer of a client that left is waited for
   * @param version the gate's version
   * @param openCalls where calls are kept whose answer may come on another stream
   * @param exchange takes access tokens; null when none are taken
   * @param links where people agree to what an agent does for them; null when they cannot be led
   *     there
   */
  public record Options(
      KeyRing keys,
      HoldTimes hold,
      boolean denialsAsResults,
      MethodRules rules,
      ToolNames names,
      PinnedTools tools,
      int maxBody,
      Duration upstreamTimeout,
      String version,
      OpenCallStore openCalls,
      @Nullable TokenExchange exchange,
      @Nullable ConsentLinks links) {}

  /**
   * The routes of a gate.
   *
   * @param upstream where allowed calls go, or null for a stub
   * @param executor goes on with requests that had to wait
   */
  public static FrontHandler.Agents create(
      IntentGate gate, @Nullable UpstreamClient upstream, Executor executor, Options options) {
    SecureRandom random = new SecureRandom();
    TokenIds ids = new TokenIds(Clock.systemUTC(), random);
    Supplier<String> callIds = ids::next;
    Consents consents =
        new Consents(
            gate.approvalActions(),
            options.links(),
            new PendingStates(options.keys(), random),
            executor,
            !options.hold().json().isZero());
    HandOver durable = new HandOver(executor);
    Judge judge = new Judge(gate, durable, new Holding(options.hold(), consents));
    RequestEvents events = new RequestEvents(gate, callIds);
    Recording recording = new Recording(durable);
    OpenCalls openCalls = new OpenCalls(gate, options.openCalls());
    Sessions sessions = new Sessions(new SessionIds(options.keys(), random), openCalls);
    Conversations conversations = new Conversations(gate, sessions);
    OpenStreams streams = new OpenStreams(options.upstreamTimeout().toNanos());
    OwnSessions own = upstream == null ? null : new OwnSessions(upstream, options.version());
    Forwarder forwarder =
        upstream == null || own == null
            ? null
            : new Forwarder(upstream, sessions, own, streams, events);
    RefusedCallers refusedCallers = new RefusedCallers(events, recording, callIds);
    RelayedRequests relayed =
        new RelayedRequests(
            new RelayedRequests.Parts(
                gate,
                judge,
                forwarder,
                conversations,
                new CallerView(gate, options.rules(), options.names(), options.tools()),
                options.rules(),
                new OwnAnswers(options.version()),
                events,
                recording,
                refusedCallers,
                callIds));
    SessionRoute.Upkeep upkeep =
        new SessionRoute.Upkeep() {
          @Override
          public void everySecond(Predicate<Inbound> permitted) {
            streams.check(permitted);
            sessions.expire();
            if (own != null && forwarder != null) {
              openCalls.expire();
              own.expire(false);
              sessions.where(session -> isOver(gate, session)).forEach(forwarder::end);
            }
          }

          @Override
          public void recordSummaries(boolean last) {
            refusedCallers.recordSummaries(last);
          }

          @Override
          public void endStreams() {
            streams.endListening();
          }
        };
    return new AgentRoutes(
        new McpRoute(
            new ToolCalls(
                judge,
                forwarder,
                conversations,
                new Rounds(new CallStates(options.keys(), random, Clock.systemUTC())),
                consents,
                new Refused(options.denialsAsResults()),
                options.names(),
                callIds),
            relayed,
            options.rules(),
            callIds),
        new ClientAnswers(relayed, forwarder, conversations, consents),
        new SessionRoute(gate, relayed, conversations, events, recording, forwarder, upkeep),
        new FlatRoute(judge, forwarder, conversations, options.names(), callIds),
        callIds,
        options.maxBody(),
        presenter(options.exchange()),
        executor);
  }

  private static AgentRoutes.Presenter presenter(@Nullable TokenExchange exchange) {
    return exchange == null
        ? values ->
            CompletableFuture.completedFuture(Presented.plain(Credential.fromAuthorization(values)))
        : exchange::present;
  }

  /** Whether the token of a session holds no longer. */
  private static boolean isOver(IntentGate gate, SessionState session) {
    return gate.admit(session.credential(), null) instanceof Outcome.Deny<Caller> deny
        && deny.refusal().authentication();
  }
}
