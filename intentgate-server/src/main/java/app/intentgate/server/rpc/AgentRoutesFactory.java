package app.intentgate.server.rpc;

import app.intentgate.IntentGate;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.token.TokenIds;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the agents' routes together. */
public final class AgentRoutesFactory {
  private AgentRoutesFactory() {}

  /**
   * The routes of a gate.
   *
   * @param upstream where allowed calls go, or null for a stub
   * @param executor goes on with requests that had to wait
   * @param hold how long calls are held that wait for a person
   * @param denialsAsResults whether MCP clients see refusals as tool results
   * @param maxBody the largest body, in bytes
   * @param version the gate's version, for {@code initialize} without an upstream
   */
  public static FrontHandler.Agents create(
      IntentGate gate,
      @Nullable UpstreamClient upstream,
      Executor executor,
      HoldTimes hold,
      boolean denialsAsResults,
      int maxBody,
      String version) {
    TokenIds ids = new TokenIds(Clock.systemUTC(), new SecureRandom());
    Supplier<String> callIds = ids::next;
    Judge judge = new Judge(gate, executor, new Holding(hold));
    Refused refused = new Refused(denialsAsResults);
    return new AgentRoutes(
        new McpRoute(
            new ToolCalls(judge, upstream, refused, callIds),
            new Passthrough(gate, upstream, callIds, version),
            callIds),
        new FlatRoute(judge, upstream, callIds),
        callIds,
        maxBody);
  }
}
