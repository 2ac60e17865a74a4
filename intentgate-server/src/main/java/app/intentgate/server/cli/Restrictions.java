package app.intentgate.server.cli;

import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that restrict a token, the same for minting one and for narrowing one. */
final class Restrictions {
  @Option(
      names = "--tools",
      split = ",",
      paramLabel = "PATTERN",
      description = "only tools that match one of these, such as read_*,pay_invoice")
  List<String> tools = List.of();

  @Option(
      names = "--forbid",
      split = ",",
      paramLabel = "PATTERN",
      description = "no tool that matches one of these")
  List<String> forbidden = List.of();

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "NAME",
      description = "only tools of these MCP servers")
  List<String> servers = List.of();

  @Option(
      names = "--callees",
      split = ",",
      paramLabel = "AGENT",
      description = "only these agents may be called")
  List<String> callees = List.of();

  @Option(
      names = "--callee-zones",
      split = ",",
      paramLabel = "ZONE",
      description = "only agents of these zones may be called")
  List<String> calleeZones = List.of();

  @Option(
      names = "--ttl",
      converter = Durations.class,
      paramLabel = "DURATION",
      description = "for so long: 90s, 15m, 1h30m, 7d")
  @Nullable Duration ttl;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "at most so many calls over its whole life; 0 means none")
  @Nullable Long maxCalls;

  @Option(
      names = "--rate-per-minute",
      paramLabel = "N",
      description = "at most so many calls in any minute")
  @Nullable Long ratePerMinute;

  @Option(
      names = "--max-cents",
      paramLabel = "N",
      description = "at most so much money over its whole life")
  @Nullable Long maxCents;

  @Option(
      names = "--risk-max",
      paramLabel = "N",
      description = "only while the agent's risk score is at most this")
  @Nullable Long riskMax;

  Restrictions() {}

  /** The grant with what was given; an option that was not given restricts nothing. */
  Grant of(Grant grant) {
    Grant g = grant;
    g = tools.isEmpty() ? g : g.tools(tools);
    g = forbidden.isEmpty() ? g : g.denyTools(forbidden);
    g = servers.isEmpty() ? g : g.servers(servers);
    g = callees.isEmpty() ? g : g.callees(callees);
    g = calleeZones.isEmpty() ? g : g.calleeZones(calleeZones);
    g = ttl == null ? g : g.expiresIn(ttl);
    g = maxCalls == null ? g : g.maxCalls(maxCalls);
    g = ratePerMinute == null ? g : g.ratePerMinute(ratePerMinute);
    g = maxCents == null ? g : g.maxCents(maxCents);
    return riskMax == null ? g : g.riskMax(riskMax);
  }

  /** The caveats of what was given. */
  List<Caveat> caveats(Instant now) {
    List<Caveat> caveats = new ArrayList<>();
    if (ttl != null) {
      caveats.add(new Caveat.Expiry(now.plus(ttl).getEpochSecond()));
    }
    if (!tools.isEmpty()) {
      caveats.add(new Caveat.ToolAllow(tools));
    }
    if (!forbidden.isEmpty()) {
      caveats.add(new Caveat.ToolDeny(forbidden));
    }
    if (!servers.isEmpty()) {
      caveats.add(new Caveat.McpAllow(servers));
    }
    if (!callees.isEmpty() || !calleeZones.isEmpty()) {
      caveats.add(new Caveat.CalleeAllow(callees, calleeZones));
    }
    if (maxCalls != null) {
      caveats.add(new Caveat.MaxCalls(maxCalls));
    }
    if (ratePerMinute != null) {
      caveats.add(new Caveat.RateLimit(ratePerMinute));
    }
    if (maxCents != null) {
      caveats.add(new Caveat.MaxCost(maxCents));
    }
    if (riskMax != null) {
      caveats.add(new Caveat.RiskMax(riskMax));
    }
    return caveats;
  }
}
