package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which combinations of the variables of access tokens start a gate. */
class OAuthSettingsTest {
  private static Config config(String... variables) {
    Map<String, String> env = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      env.put("INTENTGATE_" + variables[i], variables[i + 1]);
    }
    return Config.of(env);
  }

  @Test
  void withAnIssuerATokenIsRequiredUnlessSaidOtherwise() {
    Config config =
        config(
            "MASTER_KEY",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "OAUTH_ISSUERS",
            "https://a.example, http://127.0.0.1:9/x",
            "OAUTH_AUDIENCE",
            "https://gate.example/v1/mcp",
            "OAUTH_MAPPING",
            "m.json");
    assertThat(config.requiresCapability()).isTrue();
    assertThat(config.get(OAuthSettings.OAUTH_ISSUERS))
        .containsExactly("https://a.example", "http://127.0.0.1:9/x");
    assertThat(OAuthSettings.resource(config)).isEqualTo("https://gate.example/v1/mcp");
  }

  @Test
  void anAudienceThatIsNoAddressNeedsThePublicOne() {
    String[] variables = {
      "OAUTH_ISSUERS", "https://a.example", "OAUTH_AUDIENCE", "gate", "OAUTH_MAPPING", "m.json",
    };
    assertThatThrownBy(() -> config(variables))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("INTENTGATE_PUBLIC_URL");
    Config config =
        config(
            "OAUTH_ISSUERS",
            "https://a.example",
            "OAUTH_AUDIENCE",
            "gate",
            "OAUTH_MAPPING",
            "m.json",
            "PUBLIC_URL",
            "https://gate.example/x/");
    assertThat(OAuthSettings.resource(config)).isEqualTo("https://gate.example/x/v1/mcp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example | | m | | needs INTENTGATE_OAUTH_AUDIENCE
          https://a.example | https://g/v1/mcp | | | needs INTENTGATE_OAUTH_MAPPING
          | https://g/v1/mcp | | | needs INTENTGATE_OAUTH_ISSUERS
          | | m | | needs INTENTGATE_OAUTH_ISSUERS
          | | | https://a.example/keys | needs INTENTGATE_OAUTH_ISSUERS
          http://a.example | https://g/v1/mcp | m | | http is for this machine alone
          https://a.example?x | https://g/v1/mcp | m | | an issuer has no query
          https://a.example,https://b.example | https://g/v1/mcp | m | https://a.example/k | is for one issuer
          https://a.example | https://g/v1/mcp | m | http://a.example/k | http is for this machine alone
          """)
  void whatDoesNotHangTogetherStopsTheStart(
      String issuers, String audience, String mapping, String keys, String why) {
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_OAUTH_ISSUERS", issuers == null ? "" : issuers);
    env.put("INTENTGATE_OAUTH_AUDIENCE", audience == null ? "" : audience);
    env.put("INTENTGATE_OAUTH_MAPPING", mapping == null ? "" : mapping);
    env.put("INTENTGATE_OAUTH_JWKS_URL", keys == null ? "" : keys);
    assertThatThrownBy(() -> Config.of(env))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }
}
