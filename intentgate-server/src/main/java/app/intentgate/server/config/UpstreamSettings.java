package app.intentgate.server.config;

import app.intentgate.server.mcp.MethodRules;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Variables of the tool server behind the gate. */
public final class UpstreamSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Where allowed calls go. */
  public static final Setting<URI> UPSTREAM_URL =
      ROWS.row(
          "UPSTREAM_URL",
          "",
          "an absolute http or https URL",
          "The MCP server behind the gate. Unset, allowed calls are answered by a stub.",
          Parsers::httpUrl);

  /** Where allowed calls go, when there are several places. */
  public static final Setting<List<UpstreamEntry>> UPSTREAMS =
      ROWS.secret(
          "UPSTREAMS",
          "a JSON array of {\"name\", \"url\", \"prefix\"?, \"rename\"?, \"tenants\"?,"
              + " \"auth_header\"?, \"timeout_ms\"?}, or @ and a file that holds it",
          "Several MCP servers behind the gate, in place of INTENTGATE_UPSTREAM_URL; see"
              + " [MCP](mcp.md#several-servers).",
          UpstreamsParser::parse);

  /** How long one of several is waited for. */
  public static final Setting<Long> UPSTREAMS_WAIT_MS =
      ROWS.number(
          "UPSTREAMS_WAIT_MS",
          "2000",
          1,
          60_000,
          "How long one of several servers is waited for where all are asked, in milliseconds;"
              + " what came by then is the answer.");

  /** How long an upstream may take. */
  public static final Setting<Long> UPSTREAM_TIMEOUT_MS =
      ROWS.number(
          "UPSTREAM_TIMEOUT_MS",
          "30000",
          1,
          3_600_000,
          "Longest exchange with the upstream, in milliseconds.");

  /** How much an upstream may answer. */
  public static final Setting<Long> UPSTREAM_MAX_BYTES =
      ROWS.number(
          "UPSTREAM_MAX_BYTES",
          "16777216",
          1024,
          1 << 30,
          "Largest answer of the upstream, in bytes.");

  /** The credential for the upstream. */
  public static final Setting<HeaderLine> UPSTREAM_AUTH_HEADER =
      ROWS.secret(
          "UPSTREAM_AUTH_HEADER",
          "\"Name: value\", a header that may be set",
          "Header sent with everything that goes upstream.",
          HeaderLine::parse);

  /** Credentials by tool. */
  public static final Setting<Map<String, HeaderLine>> UPSTREAM_TOOL_CREDENTIALS =
      ROWS.secret(
          "UPSTREAM_TOOL_CREDENTIALS",
          "a JSON object from tool to \"Name: value\"",
          "Header sent with the calls of a tool, over INTENTGATE_UPSTREAM_AUTH_HEADER.",
          text -> JsonParsers.toolCredentials(text));

  /** What is done with methods that call no tool. */
  public static final Setting<MethodRules> MCP_METHODS =
      ROWS.row(
          "MCP_METHODS",
          "",
          "a JSON object from method to allow, deny or judge, such as"
              + " {\"resources/read\":\"judge\"}",
          "What is done with MCP methods other than tools/call; a name may end in *, the longest"
              + " that fits counts. judge puts a method under policy as the tool mcp:<method>.",
          JsonParsers::methodRules);

  /** Whether tools are pinned. */
  public static final Setting<Choices.ToolPinning> TOOL_PINS =
      ROWS.row(
          "TOOL_PINS",
          "trust-first",
          "off, trust-first or strict",
          "Whether a tool that is new or has changed is held back until an operator accepts it:"
              + " trust-first trusts a server's first list, strict nothing; see"
              + " [MCP](mcp.md#pinned-tools).",
          Parsers.choice(
              Map.of(
                  "off",
                  Choices.ToolPinning.OFF,
                  "trust-first",
                  Choices.ToolPinning.TRUST_FIRST,
                  "strict",
                  Choices.ToolPinning.STRICT)));

  /** Tools that are accepted from the start. */
  public static final Setting<Path> TOOL_PINS_FILE =
      ROWS.row(
          "TOOL_PINS_FILE",
          "",
          "a readable JSON file of {\"pins\": [{\"upstream\", \"tool\", \"sha256\"}]}",
          "Tools that count as accepted, by their hashes; what GET /v1/admin/tool-pins answers will"
              + " do.",
          Path::of);

  private UpstreamSettings() {}

  /** Refuses what speaks of one server where there are several, and would reach all of them. */
  static void checkSeveral(Config config) {
    for (Setting<?> one : List.of(UPSTREAM_URL, UPSTREAM_AUTH_HEADER)) {
      if (config.isGiven(one)) {
        throw new ConfigException(
            one.name() + " and " + UPSTREAMS.name() + " exclude each other: unset one");
      }
    }
    List<UpstreamEntry> servers = config.get(UPSTREAMS);
    for (String tool : config.get(UPSTREAM_TOOL_CREDENTIALS, Map.of()).keySet()) {
      if (servers.stream().noneMatch(server -> tool.startsWith(server.name() + "."))) {
        throw new ConfigException(
            UPSTREAM_TOOL_CREDENTIALS.name() + ": no server has the tool " + tool);
      }
    }
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
