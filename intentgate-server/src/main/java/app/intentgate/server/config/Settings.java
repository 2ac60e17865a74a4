package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Approvals;
import app.intentgate.server.config.Choices.ArgumentValues;
import app.intentgate.server.config.Choices.AuditMode;
import app.intentgate.server.config.Choices.AuditTarget;
import app.intentgate.server.config.Choices.Denials;
import app.intentgate.server.config.Choices.LogFormat;
import app.intentgate.server.config.Choices.LogLevel;
import app.intentgate.server.config.Choices.Store;
import app.intentgate.server.config.Choices.Unenforceable;
import app.intentgate.server.config.Setting.Parser;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every variable the gate reads, one row each. {@code docs/configuration.md} is tested against
 * {@link #all()}.
 */
public final class Settings {
  /** The largest count or amount a variable takes: what every JSON reader keeps exactly (B50). */
  static final long MAX_COUNT = (1L << 53) - 1;

  private static final List<Setting<?>> ALL = new ArrayList<>();
  private static final String FLAG = "true, false, 1 or 0";

  // Where it listens and what it keeps.

  /** Where to listen. */
  public static final Setting<ListenAddress> ADDR =
      row(
          "ADDR",
          "127.0.0.1:8080",
          "host:port; an empty host is every interface",
          "Listen address.",
          ListenAddress::parse);

  /** Which store. */
  public static final Setting<Store> STORE =
      row(
          "STORE",
          "file",
          "file or memory",
          "Where audit, budgets and revocations are kept; memory forgets them at the end.",
          Parsers.choice(Map.of("file", Store.FILE, "memory", Store.MEMORY)));

  /** Where files are kept. */
  public static final Setting<Path> DATA_DIR =
      row(
          "DATA_DIR",
          "intentgate-data",
          "a directory, made when it is missing",
          "Directory of the file store, the generated keys and the generated admin token.",
          Path::of);

  // Keys and operators.

  /** The master keys, newest first; parsed by the key ring. */
  public static final Setting<String> MASTER_KEY =
      secret(
          "MASTER_KEY",
          "one or more base64 keys of at least 16 bytes, comma separated, newest first",
          "Signs and verifies tokens: the first signs, all verify. Unset: generated once and kept"
              + " in master.key of the data directory.",
          text -> text);

  /** Verifies on-behalf-of tokens. */
  public static final Setting<String> OBO_KEY =
      secret(
          "OBO_KEY",
          "any text",
          "Key of on-behalf-of tokens; unset, such a token is refused.",
          text -> text);

  /** The superadmin's token. */
  public static final Setting<Secret> ADMIN_TOKEN =
      secret(
          "ADMIN_TOKEN",
          "any text",
          "Token of the operator of all tenants. With a master key set and no admin token of either"
              + " kind there are no admin routes.",
          text -> Secret.of(text.strip()));

  /** Tokens of tenants' admins. */
  public static final Setting<Map<String, Secret>> TENANT_ADMINS =
      secret(
          "TENANT_ADMINS",
          "tenant:token, comma separated",
          "Tokens of the operators of one tenant each.",
          Parsers::tenantAdmins);

  // What a call must bring.

  /** Whether a token is required; unset depends on the master key. */
  public static final Setting<Boolean> REQUIRE_CAPABILITY =
      flag(
          "REQUIRE_CAPABILITY",
          "",
          "Refuse calls without a token. Unset: true, unless INTENTGATE_MASTER_KEY is set, where"
              + " anonymous calls are judged by policy.");

  /** Whether a prompt is required. */
  public static final Setting<Boolean> REQUIRE_INTENT =
      flag("REQUIRE_INTENT", "false", "Refuse calls without an intent prompt.");

  /** Whether a budget must be enforceable. */
  public static final Setting<Boolean> REQUIRE_BUDGET =
      flag("REQUIRE_BUDGET", "false", "Refuse calls without a token at the budget check.");

  /** What a caveat that cannot be judged does. */
  public static final Setting<Unenforceable> UNENFORCEABLE_CAVEATS =
      row(
          "UNENFORCEABLE_CAVEATS",
          "deny",
          "deny or ignore",
          "What max_cost and risk_max do where no cost or risk is known.",
          Parsers.choice(Map.of("deny", Unenforceable.DENY, "ignore", Unenforceable.IGNORE)));

  /** What each tool costs. */
  public static final Setting<Map<String, Long>> TOOL_COSTS =
      row(
          "TOOL_COSTS",
          "",
          "a JSON object from tool pattern to cents",
          "Cost of a call, for max_cost; the first pattern that matches counts.",
          text -> JsonParsers.toolCosts(text));

  /** The prefix of tools that are agents. */
  public static final Setting<String> EASTWEST_AGENT_PREFIX =
      row(
          "EASTWEST_AGENT_PREFIX",
          "agent:",
          "a text that is not blank",
          "Tools of this prefix are calls to another agent, which callee_allow judges.",
          Settings::notBlank);

  // Intent.

  /** The extractor's address. */
  public static final Setting<URI> EXTRACTOR_URL =
      row(
          "EXTRACTOR_URL",
          "",
          "an absolute http or https URL",
          "Intent extractor; asked at URL/v1/extract.",
          Parsers::httpUrl);

  /** Rules of the built-in extractor. */
  public static final Setting<Path> INTENT_RULES =
      row(
          "INTENT_RULES",
          "",
          "a readable file, and not together with INTENTGATE_EXTRACTOR_URL",
          "Rules of the built-in intent extractor.",
          Path::of);

  /** Below this an extraction is none. */
  public static final Setting<Double> INTENT_MIN_CONFIDENCE =
      row(
          "INTENT_MIN_CONFIDENCE",
          "0",
          "a number from 0 to 1",
          "An extraction below this confidence refuses the call.",
          Parsers.fraction());

  // Policy.

  /** The policy. */
  public static final Setting<Path> POLICY_FILE =
      row(
          "POLICY_FILE",
          "",
          "a readable Rego file",
          "Policy of the gate; unset, the built-in one.",
          Path::of);

  /** How long a policy may take. */
  public static final Setting<Long> POLICY_TIMEOUT_MS =
      number(
          "POLICY_TIMEOUT_MS", "50", 1, 10_000, "Longest evaluation of a policy, in milliseconds.");

  /** What becomes of escalated calls. */
  public static final Setting<Approvals> APPROVALS_BACKEND =
      row(
          "APPROVALS_BACKEND",
          "memory",
          "off or memory",
          "What becomes of calls that policy escalates: off refuses them; memory keeps them, in the"
              + " store of the gate, for an operator.",
          Parsers.choice(Map.of("off", Approvals.OFF, "memory", Approvals.ON)));

  // Audit.

  /** Where events are printed. */
  public static final Setting<AuditTarget> AUDIT_TARGET =
      row(
          "AUDIT_TARGET",
          "stdout",
          "stdout, none or off",
          "Where each event is printed after it was stored; a reader that stops delays no call.",
          Parsers.choice(
              Map.of(
                  "stdout",
                  AuditTarget.STDOUT,
                  "none",
                  AuditTarget.NONE,
                  "off",
                  AuditTarget.NONE)));

  /** Whether the audit can be asked. */
  public static final Setting<Boolean> AUDIT_PERSIST =
      flag("AUDIT_PERSIST", "true", "Serve the audit routes; false answers them with 404.");

  /** What is kept of arguments. */
  public static final Setting<ArgumentValues> AUDIT_PERSIST_ARG_VALUES =
      row(
          "AUDIT_PERSIST_ARG_VALUES",
          "off",
          "off, scalars or raw",
          "What the audit keeps of argument values: nothing, numbers and booleans, or everything.",
          Parsers.choice(
              Map.of(
                  "off",
                  ArgumentValues.OFF,
                  "false",
                  ArgumentValues.OFF,
                  "0",
                  ArgumentValues.OFF,
                  "none",
                  ArgumentValues.OFF,
                  "scalars",
                  ArgumentValues.SCALARS,
                  "scalar",
                  ArgumentValues.SCALARS,
                  "numbers",
                  ArgumentValues.SCALARS,
                  "raw",
                  ArgumentValues.RAW,
                  "all",
                  ArgumentValues.RAW,
                  "values",
                  ArgumentValues.RAW)));

  /** What an answer waits for. */
  public static final Setting<AuditMode> AUDIT_MODE =
      row(
          "AUDIT_MODE",
          "durable",
          "durable",
          "Every decision is stored before it is answered.",
          Parsers.choice(Map.of("durable", AuditMode.DURABLE)));

  /** How long a call waits for its event. */
  public static final Setting<Long> AUDIT_WAIT_MS =
      number(
          "AUDIT_WAIT_MS",
          "5000",
          1,
          600_000,
          "Longest wait for an event to be stored, in milliseconds; then the call is refused.");

  // Upstream.

  /** Where allowed calls go. */
  public static final Setting<URI> UPSTREAM_URL =
      row(
          "UPSTREAM_URL",
          "",
          "an absolute http or https URL",
          "The MCP server behind the gate. Unset, allowed calls are answered by a stub.",
          Parsers::httpUrl);

  /** How long an upstream may take. */
  public static final Setting<Long> UPSTREAM_TIMEOUT_MS =
      number(
          "UPSTREAM_TIMEOUT_MS",
          "30000",
          1,
          3_600_000,
          "Longest exchange with the upstream, in milliseconds.");

  /** How much an upstream may answer. */
  public static final Setting<Long> UPSTREAM_MAX_BYTES =
      number(
          "UPSTREAM_MAX_BYTES",
          "16777216",
          1024,
          1 << 30,
          "Largest answer of the upstream, in bytes.");

  /** The credential for the upstream. */
  public static final Setting<HeaderLine> UPSTREAM_AUTH_HEADER =
      secret(
          "UPSTREAM_AUTH_HEADER",
          "\"Name: value\", a header that may be set",
          "Header sent with everything that goes upstream.",
          HeaderLine::parse);

  /** Credentials by tool. */
  public static final Setting<Map<String, HeaderLine>> UPSTREAM_TOOL_CREDENTIALS =
      secret(
          "UPSTREAM_TOOL_CREDENTIALS",
          "a JSON object from tool to \"Name: value\"",
          "Header sent with the calls of a tool, over INTENTGATE_UPSTREAM_AUTH_HEADER.",
          text -> JsonParsers.toolCredentials(text));

  // HTTP.

  /** How large a body may be. */
  public static final Setting<Long> MAX_BODY_BYTES =
      number("MAX_BODY_BYTES", "1048576", 1024, 1 << 28, "Largest request body, in bytes.");

  /** Origins that may call. */
  public static final Setting<List<String>> ALLOWED_ORIGINS =
      row(
          "ALLOWED_ORIGINS",
          "",
          "origins (scheme://host[:port]), comma separated",
          "Browser origins that may call besides loopback ones; all others are refused with 403.",
          Origins::parse);

  /** How refusals reach MCP clients. */
  public static final Setting<Denials> MCP_DENIALS =
      row(
          "MCP_DENIALS",
          "result",
          "result or error",
          "How an MCP client sees a refused call: as a tool result its model can read, or as a"
              + " JSON-RPC error. Other callers always get the error.",
          Parsers.choice(Map.of("result", Denials.RESULT, "error", Denials.ERROR)));

  // Logs.

  /** What is logged. */
  public static final Setting<LogLevel> LOG_LEVEL =
      row(
          "LOG_LEVEL",
          "info",
          "debug, info, warn or error",
          "What is logged, on standard error.",
          Parsers.choice(
              Map.of(
                  "debug",
                  LogLevel.DEBUG,
                  "info",
                  LogLevel.INFO,
                  "warn",
                  LogLevel.WARN,
                  "error",
                  LogLevel.ERROR)));

  /** How it is logged. */
  public static final Setting<LogFormat> LOG_FORMAT =
      row(
          "LOG_FORMAT",
          "text",
          "text or json",
          "How log lines look.",
          Parsers.choice(Map.of("text", LogFormat.TEXT, "json", LogFormat.JSON)));

  private Settings() {}

  /** Every variable, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return List.copyOf(ALL);
  }

  private static <T> Setting<T> row(
      String name, String fallback, String accepted, String description, Parser<T> parser) {
    return add(new Setting<>("INTENTGATE_" + name, fallback, accepted, description, false, parser));
  }

  private static <T> Setting<T> secret(
      String name, String accepted, String description, Parser<T> parser) {
    return add(new Setting<>("INTENTGATE_" + name, "", accepted, description, true, parser));
  }

  private static Setting<Boolean> flag(String name, String fallback, String description) {
    return row(name, fallback, FLAG, description, Parsers::flag);
  }

  private static Setting<Long> number(
      String name, String fallback, long low, long high, String description) {
    return row(
        name,
        fallback,
        "a whole number from " + low + " to " + high,
        description,
        Parsers.between(low, high));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
