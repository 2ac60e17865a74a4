package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  @Test
  void withNothingSetEveryDefaultIsItsOwnVariablesMeaning() {
    Config config = Config.of(Map.of());

    for (Setting<?> setting : Settings.all()) {
      Object expected = setting.fallback().isEmpty() ? null : setting.read(setting.fallback());
      assertThat((Object) config.find(setting)).as(setting.name()).isEqualTo(expected);
    }
    assertThat(config.warnings()).isEmpty();
    assertThat(config.get(HttpSettings.ADDR).isLoopback()).isTrue();
  }

  @Test
  void anEmptyVariableCountsAsUnset() {
    Config config = Config.of(Map.of("INTENTGATE_STORE", ""));

    assertThat(config.store()).isEqualTo(Choices.Store.SQLITE);
    assertThat(config.isGiven(StoreSettings.STORE)).isFalse();
  }

  static Stream<Setting<?>> settingsThatRefuseSomething() {
    return Settings.all().stream()
        .filter(
            s ->
                s != OperatorSettings.MASTER_KEY
                    && s != OperatorSettings.OBO_KEY
                    && s != OperatorSettings.ADMIN_TOKEN
                    && s != StoreSettings.DATA_DIR
                    && s != PolicySettings.POLICY_FILE
                    && s != UpstreamSettings.TOOL_PINS_FILE
                    && s != CheckSettings.INTENT_RULES
                    && s != CheckSettings.EASTWEST_AGENT_PREFIX
                    && s != PolicySettings.OPA_PATH
                    && s != OAuthSettings.OAUTH_AUDIENCE
                    && s != OAuthSettings.OAUTH_MAPPING
                    && s != AuditSettings.CHECKPOINT_FILE);
  }

  @ParameterizedTest
  @MethodSource("settingsThatRefuseSomething")
  void aValueThatMeansNothingStopsTheStartAndNamesTheVariable(Setting<?> setting) {
    assertThatThrownBy(() -> Config.of(Map.of(setting.name(), "?nonsense?")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(setting.name() + " must be " + setting.accepted());
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "1,true", "false,false", "False,false", "0,false"})
  void flagsAreTrueOrFalseInAnyCase(String text, boolean meant) {
    Config config = Config.of(Map.of("INTENTGATE_REQUIRE_INTENT", text));

    assertThat(config.get(CheckSettings.REQUIRE_INTENT)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on", "2", "truee", "0x1"})
  void anyOtherFlagStopsTheStart(String text) {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_REQUIRE_CAPABILITY", text)))
        .hasMessage(
            "INTENTGATE_REQUIRE_CAPABILITY must be true, false, 1 or 0, not \"" + text + "\"");
  }

  @Test
  void theMessageAboutASecretDoesNotShowIt() {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_TENANT_ADMINS", "acme-s3cret")))
        .hasMessageContaining("entry 1 must be in tenant:token format")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_UPSTREAM_AUTH_HEADER", "s3cret")))
        .hasMessageNotContaining("s3cret");
    assertThat(Config.of(Map.of("INTENTGATE_ADMIN_TOKEN", "s3cret")).toString())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "UPSTREAM_URL,http://ann:pw1@tools.example",
    "UPSTREAM_URL,http://ann:pw1 @tools.example",
    "UPSTREAM_URL,ann:pw1@tools.example",
    "EXTRACTOR_URL,ftp://ann:pw1@tools.example",
    "OAUTH_JWKS_URL,https://ann:pw1@login.example/keys",
    "ALLOWED_ORIGINS,https://ann:pw1@console.example"
  })
  void aPasswordInAnAddressIsNotShown(String name, String value) {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_" + name, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_" + name + " must be ")
        .hasMessageNotContaining("pw1")
        .hasNoCause();
  }

  @Test
  void anAddressWithAFragmentIsRefused() {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_UPSTREAM_URL", "http://tools/a#b")))
        .hasMessageContaining("after #");
  }

  @Test
  void whatTheCommandLineReadsIsNoWarning() {
    assertThat(Config.of(Map.of("INTENTGATE_URL", "https://gate.example")).warnings()).isEmpty();
  }

  @Test
  void anUnknownNameIsAWarningWithTheNearestKnownOne() {
    Config config = Config.of(Map.of("INTENTGATE_REQURE_CAPABILITY", "true"));

    assertThat(config.warnings())
        .containsExactly(
            "INTENTGATE_REQURE_CAPABILITY is not known and has no effect; did you mean"
                + " INTENTGATE_REQUIRE_CAPABILITY?");
  }

  @Test
  void aNameUnlikeAnyOtherIsAWarningWithoutAGuess() {
    Config config = Config.of(Map.of("INTENTGATE_XYZZY_PLUGH_QWERTY", "1"));

    assertThat(config.warnings())
        .containsExactly("INTENTGATE_XYZZY_PLUGH_QWERTY is not known and has no effect");
  }

  @ParameterizedTest
  @CsvSource({"PII_FILTER_ENABLED,true", "EASTWEST_ENABLED,1", "TENANT_SCOPED_TOOLS,read_docs"})
  void aControlThatIsNotThereStopsTheStart(String name, String value) {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_" + name, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_" + name + " asks for ");
  }

  @ParameterizedTest
  @CsvSource({"PII_FILTER_ENABLED,false", "SIEM_SPLUNK_URL,http://x", "NODE_ID,x"})
  void whatIsNotBuiltAndProtectsNothingIsAWarning(String name, String value) {
    assertThat(Config.of(Map.of("INTENTGATE_" + name, value)).warnings())
        .singleElement()
        .asString()
        .contains("not built yet");
  }

  @Test
  void aTokenIsRequiredUnlessAMasterKeyIsConfigured() {
    String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    assertThat(Config.of(Map.of()).requiresCapability()).isTrue();
    assertThat(Config.of(Map.of("INTENTGATE_MASTER_KEY", key)).requiresCapability()).isFalse();
    assertThat(
            Config.of(Map.of("INTENTGATE_MASTER_KEY", key, "INTENTGATE_REQUIRE_CAPABILITY", "true"))
                .requiresCapability())
        .isTrue();
  }

  @Test
  void rulesAndAnExtractorExcludeEachOther() {
    assertThatThrownBy(
            () ->
                Config.of(
                    Map.of(
                        "INTENTGATE_INTENT_RULES", "rules.json",
                        "INTENTGATE_EXTRACTOR_URL", "http://127.0.0.1:1")))
        .hasMessageContaining("exclude each other");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080,127.0.0.1,8080",
    ":8080,'',8080",
    "[::1]:0,::1,0",
    "gate.internal:65535,gate.internal,65535"
  })
  void anAddressIsAHostAndAPort(String text, String host, int port) {
    assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "LocalHost,true",
    "127.0.0.1,true",
    "127.1,true",
    "127.255.255.254,true",
    "[::1],true",
    "[0:0:0:0:0:0:0:1],true",
    "[::ffff:127.0.0.1],true",
    "'',false",
    "0.0.0.0,false",
    "[::],false",
    "10.0.0.1,false",
    "128.0.0.1,false",
    "gate.internal,false"
  })
  void whatOnlyThisMachineReachesIsKnownHoweverItIsWritten(String host, boolean loopback) {
    assertThat(ListenAddress.parse(host + ":80").isLoopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @CsvSource({
    ":8080,127.0.0.1:7",
    "0.0.0.0:8080,127.0.0.1:7",
    "[::]:0,127.0.0.1:7",
    "127.0.0.2:0,127.0.0.2:7",
    "[::1]:0,[::1]:7",
    "10.0.0.5:9000,10.0.0.5:7"
  })
  void whatListensSomewhereIsReachedThereAndNowhereElse(String text, String reached) {
    assertThat(ListenAddress.parse(text).reached(7)).hasToString(reached);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8080", "host:", "host:65536", "host:-1", "::1:80", "a b:80", "http://a:80"})
  void anythingElseIsNoAddress(String text) {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_ADDR", text)))
        .hasMessageStartingWith("INTENTGATE_ADDR must be host:port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: x",
        "Content-Length: 1",
        "connection: close",
        "a: b\r\nc: d",
        "no colon",
        ": v",
        "n ame: v",
        "name:",
        "n\u00e4me: v",
        "name: v\u0000"
      })
  void aHeaderThatCannotBeSetIsNoCredential(String line) {
    assertThatThrownBy(() -> HeaderLine.parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTenantHasOneTokenAndNoTwoShareOne() {
    assertThat(
            Config.of(Map.of("INTENTGATE_TENANT_ADMINS", " acme : fa:ke ,, globex:x "))
                .get(OperatorSettings.TENANT_ADMINS)
                .get("acme")
                .matches("fa:ke"))
        .isTrue();
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_TENANT_ADMINS", "a:x,a:y")))
        .hasMessageContaining("duplicate tenant \"a\"");
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_TENANT_ADMINS", "a:x,b:x")))
        .hasMessageContaining("two tenants share a token");
  }
}
