package app.intentgate.server.config;

import app.intentgate.server.config.Choices.Denials;
import java.util.List;
import java.util.Map;

/** Variables of what the gate listens on, what it takes, and how it answers. */
public final class HttpSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Where to listen. */
  public static final Setting<ListenAddress> ADDR =
      ROWS.row(
          "ADDR",
          "127.0.0.1:8080",
          "host:port; an empty host is every interface",
          "Listen address.",
          ListenAddress::parse);

  /** How large a body may be. */
  public static final Setting<Long> MAX_BODY_BYTES =
      ROWS.number("MAX_BODY_BYTES", "1048576", 1024, 1 << 28, "Largest request body, in bytes.");

  /** How many may be connected. */
  public static final Setting<Long> MAX_CONNECTIONS =
      ROWS.number(
          "MAX_CONNECTIONS",
          "20000",
          1,
          1_000_000,
          "Most connections of clients at once; further ones wait until one ends. A call that is"
              + " held takes one.");

  /** Origins that may call. */
  public static final Setting<List<String>> ALLOWED_ORIGINS =
      ROWS.row(
          "ALLOWED_ORIGINS",
          "",
          "origins (scheme://host[:port]), comma separated",
          "Browser origins that may call besides loopback ones; all others are refused with 403."
              + " Pages of these may read the answers (CORS).",
          Origins::parse);

  /** Who may say from whom a request comes. */
  public static final Setting<List<AddressRange>> TRUSTED_PROXIES =
      ROWS.row(
          "TRUSTED_PROXIES",
          "",
          "addresses or ranges (10.0.0.0/8), comma separated",
          "Proxies whose X-Forwarded-For says who called, for the audit and for counting failed"
              + " sign-ins; from anybody else it is ignored.",
          AddressRange::parse);

  /** How refusals reach MCP clients. */
  public static final Setting<Denials> MCP_DENIALS =
      ROWS.row(
          "MCP_DENIALS",
          "result",
          "result or error",
          "How an MCP client sees a refused call: as a tool result its model can read, or as a"
              + " JSON-RPC error. Other callers always get the error.",
          Parsers.choice(Map.of("result", Denials.RESULT, "error", Denials.ERROR)));

  /** Whether figures are shown. */
  public static final Setting<Boolean> METRICS_ENABLED =
      ROWS.flag(
          "METRICS_ENABLED", "false", "Serve figures for Prometheus at /metrics, without a token.");

  private HttpSettings() {}

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
