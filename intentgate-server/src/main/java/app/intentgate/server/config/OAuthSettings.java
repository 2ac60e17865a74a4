package app.intentgate.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Variables of access tokens that others issue. Off while no issuer is named. */
public final class OAuthSettings {
  private static final SettingRows ROWS = new SettingRows();

  /** Whose tokens are taken. */
  public static final Setting<List<String>> OAUTH_ISSUERS =
      ROWS.row(
          "OAUTH_ISSUERS",
          "",
          "https URLs, comma separated; http for this machine alone",
          "Issuers whose JWT access tokens are taken as bearer tokens, exchanged by"
              + " INTENTGATE_OAUTH_MAPPING. Each is written exactly as its tokens' iss.",
          OAuthSettings::issuers);

  /** What tokens must be meant for. */
  public static final Setting<String> OAUTH_AUDIENCE =
      ROWS.row(
          "OAUTH_AUDIENCE",
          "",
          "a text that is not blank",
          "What the aud of an access token must be or hold: best the address of /v1/mcp as clients"
              + " know it. Needed with INTENTGATE_OAUTH_ISSUERS.",
          Parsers::notBlank);

  /** Where the keys are. */
  public static final Setting<URI> OAUTH_JWKS_URL =
      ROWS.row(
          "OAUTH_JWKS_URL",
          "",
          "an https URL; http for this machine alone",
          "Where the keys of the one issuer are. Unset, each issuer's own metadata says so.",
          OAuthSettings::address);

  /** What tokens are exchanged for. */
  public static final Setting<Path> OAUTH_MAPPING =
      ROWS.row(
          "OAUTH_MAPPING",
          "",
          "a readable file",
          "Rules by which access tokens become capabilities (docs/oauth.md); a token that no rule"
              + " is for is refused. Needed with INTENTGATE_OAUTH_ISSUERS.",
          Path::of);

  private OAuthSettings() {}

  private static List<String> issuers(String text) {
    List<String> issuers = Parsers.csv(text);
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException();
    }
    for (String issuer : issuers) {
      URI address = address(issuer);
      if (address.getRawQuery() != null || address.getRawFragment() != null) {
        throw new Setting.Refused("an issuer has no query");
      }
    }
    return issuers;
  }

  /** Keys that came over an open network would let anybody on it issue tokens. */
  private static URI address(String text) {
    URI address = Parsers.httpUrl(text);
    boolean here =
        List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
    if (!"https".equalsIgnoreCase(address.getScheme()) && !here) {
      throw new Setting.Refused("http is for this machine alone");
    }
    return address;
  }

  /**
   * Checks what hangs together.
   *
   * @throws ConfigException when a variable is missing, or has no effect
   */
  static void check(Config config) {
    List<String> issuers = config.get(OAUTH_ISSUERS, List.of());
    for (Setting<?> setting : List.of(OAUTH_AUDIENCE, OAUTH_MAPPING)) {
      if (!issuers.isEmpty() && !config.isGiven(setting)) {
        throw new ConfigException("INTENTGATE_OAUTH_ISSUERS needs " + setting.name());
      }
    }
    for (Setting<?> setting : List.of(OAUTH_AUDIENCE, OAUTH_MAPPING, OAUTH_JWKS_URL)) {
      if (issuers.isEmpty() && config.isGiven(setting)) {
        throw new ConfigException(setting.name() + " needs INTENTGATE_OAUTH_ISSUERS");
      }
    }
    if (issuers.size() > 1 && config.isGiven(OAUTH_JWKS_URL)) {
      throw new ConfigException(
          "INTENTGATE_OAUTH_JWKS_URL is for one issuer: with several, each one's metadata says"
              + " where its keys are");
    }
    if (!issuers.isEmpty()) {
      var unused = resource(config);
    }
  }

  /**
   * The address under which clients know this gate: the audience where that is one, else the public
   * address.
   *
   * @throws ConfigException when there is neither
   */
  public static String resource(Config config) {
    String audience = config.get(OAUTH_AUDIENCE);
    try {
      URI address = Parsers.httpUrl(audience);
      if (address.getRawQuery() == null && address.getRawFragment() == null) {
        return audience;
      }
    } catch (IllegalArgumentException e) {
      // A name that is no address: then the public address has to be known.
    }
    URI url = config.find(ApprovalSettings.PUBLIC_URL);
    if (url == null) {
      throw new ConfigException(
          "INTENTGATE_OAUTH_AUDIENCE is no http or https URL, so INTENTGATE_PUBLIC_URL must say"
              + " where clients reach the gate");
    }
    String text = url.toString();
    return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/v1/mcp";
  }

  /** These variables, in the order of the documentation. */
  static List<Setting<?>> all() {
    return ROWS.all();
  }
}
