package app.intentgate.server.cli;

import java.time.Duration;
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
}
