package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that a variable does not accept: one sentence that names it and says what it accepts. */
class BadValuesTest {
  private static Config config(String name, String value) {
    return Config.of(Map.of("INTENTGATE_" + name, value));
  }

  private static void refused(String name, String value) {
    assertThatThrownBy(() -> config(name, value))
        .as("%s=%s", name, value)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_" + name + " must be ")
        .message()
        .satisfies(
            message ->
                assertThat(message.chars().filter(Character::isISOControl).count()).isZero());
  }

  /** The bounds of a number, as its row tells them. */
  private static long[] bounds(Setting<?> setting) {
    String[] words = setting.accepted().split(" ", -1);
    return new long[] {Long.parseLong(words[4]), Long.parseLong(words[6])};
  }

  private static Stream<Setting<?>> numbers() {
    return Settings.all().stream()
        .filter(setting -> setting.accepted().startsWith("a whole number from "));
  }

  @TestFactory
  Stream<DynamicTest> aNumberIsTakenToItsBoundsAndNotBeyond() {
    return numbers()
        .map(
            setting ->
                DynamicTest.dynamicTest(
                    setting.name(),
                    () -> {
                      String name = setting.name().substring("INTENTGATE_".length());
                      for (long bound : bounds(setting)) {
                        assertThat((Object) config(name, " " + bound + " ").find(setting))
                            .isEqualTo(bound);
                      }
                      refused(name, String.valueOf(bounds(setting)[0] - 1));
                      refused(name, String.valueOf(bounds(setting)[1] + 1));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoWholeNumberIsNone() {
    return numbers()
        .map(
            setting ->
                DynamicTest.dynamicTest(
                    setting.name(),
                    () ->
                        Stream.of(
                                " ",
                                "1.5",
                                "1e3",
                                "0x10",
                                "1_000",
                                "1,000",
                                "ten",
                                "5s",
                                "5 5",
                                "-",
                                "9223372036854775808",
                                "NaN")
                            .forEach(
                                value ->
                                    refused(
                                        setting.name().substring("INTENTGATE_".length()), value))));
  }

  @Test
  void numbersAreMoreThanAFew() {
    assertThat(numbers().count()).isGreaterThan(12);
  }

  private static Stream<Setting<?>> flags() {
    return Settings.all().stream()
        .filter(setting -> setting.accepted().equals("true, false, 1 or 0"));
  }

  @TestFactory
  Stream<DynamicTest> aFlagIsTrueOrFalseAndNothingElse() {
    return flags()
        .map(
            setting ->
                DynamicTest.dynamicTest(
                    setting.name(),
                    () -> {
                      String name = setting.name().substring("INTENTGATE_".length());
                      assertThat((Object) config(name, " True ").find(setting)).isEqualTo(true);
                      assertThat((Object) config(name, "0").find(setting)).isEqualTo(false);
                      Stream.of(" ", "t", "f", "yes", "no", "on", "off", "null", "01", "true false")
                          .forEach(value -> refused(name, value));
                    }));
  }

  @ParameterizedTest
  @CsvSource({
    "STORE,SQLite,sqlite3",
    "AUDIT_PERSIST_ARG_VALUES,Scalars,some",
    "AUDIT_TARGET,OFF,file",
    "AUDIT_MODE,Durable,async",
    "MODE,Observe,monitor",
    "UNENFORCEABLE_CAVEATS,IGNORE,allow",
    "POLICY_STORE,Off,sqlite",
    "APPROVALS_BACKEND,MEMORY,on",
    "TOOL_PINS,Trust-First,trust_first",
    "MCP_DENIALS,ERROR,json",
    "LOG_FORMAT,JSON,xml",
    "LOG_LEVEL,Debug,trace"
  })
  void aWordIsOneOfItsListInAnyLetters(String name, String good, String bad) {
    assertThat(config(name, " " + good + " ").toString()).contains(name);
    for (String value : new String[] {bad, good + "x", good + "," + good}) {
      refused(name, value);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPSTREAM_URL",
        "EXTRACTOR_URL",
        "OPA_URL",
        "PUBLIC_URL",
        "CHECKPOINT_URL",
        "OAUTH_JWKS_URL"
      })
  void anAddressIsAbsoluteAndOfHttp(String name) {
    for (String value :
        new String[] {
          " ",
          "host",
          "host:80",
          "//host/x",
          "/x",
          "http://",
          "http:///x",
          "http:host",
          "ftp://host/",
          "file:///etc/passwd",
          "javascript:x",
          "http://host:port/",
          "http://ho st/",
          "http://host/a b",
          "http://h_st/",
          "http://[::1/",
          "http://host/#x",
          "http://a@host/",
          "http://a:b@host/"
        }) {
      refused(name, value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUBLIC_URL", "EXTRACTOR_URL"})
  void anAddressThatSomethingIsAddedToHasNoQuery(String name) {
    assertThatThrownBy(() -> config(name, "https://host/x?a=b"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "INTENTGATE_"
                + name
                + " must be an absolute http or https URL, not \"https://host/x?a=b\""
                + " (an address without a query: a path is added to it)");
    assertThat(config("UPSTREAM_URL", "https://host/x?a=b").get(UpstreamSettings.UPSTREAM_URL))
        .as("one that is taken as it is may have one")
        .hasToString("https://host/x?a=b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "NaN", "Infinity", "half", " ", "50%", "0,5"})
  void aFractionIsFromNoughtToOne(String value) {
    refused("INTENT_MIN_CONFIDENCE", value);
    assertThat(config("INTENT_MIN_CONFIDENCE", " 1 ").get(CheckSettings.INTENT_MIN_CONFIDENCE))
        .isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TOOL_COSTS | {\"a\":-1} | entry \"a\" is not a whole number of cents >= 0",
        "TOOL_COSTS | {\"a\":1.5} | entry \"a\" is not a whole number of cents >= 0",
        "TOOL_COSTS | {\"a\":\"1\"} | entry \"a\" is not a whole number of cents >= 0",
        "TOOL_COSTS | {\"a\":9007199254740992} | entry \"a\" is not a whole number of cents >= 0",
        "TOOL_COSTS | {\"[\":1} | \"[\" is no tool pattern",
        "TOOL_COSTS | {\"a\":1,\"a\":2} | duplicate",
        "TOOL_COSTS | [] | not a JSON object",
        "MCP_METHODS | {\"\":\"allow\"} | is no method, nor the beginning of one and *",
        "MCP_METHODS | {\"a*b\":\"allow\"} | is no method, nor the beginning of one and *",
        "MCP_METHODS | {\"a**\":\"allow\"} | is no method, nor the beginning of one and *",
        "MCP_METHODS | {\"a\":\"Allow\"} | entry \"a\" is not allow, deny or judge",
        "MCP_METHODS | {\"a\":true} | entry \"a\" is not allow, deny or judge",
        "OPA_PATH | /a | a path of names",
        "OPA_PATH | a//b | a path of names",
        "OPA_PATH | a/../b | a path of names",
        "OPA_PATH | a/. | a path of names",
        "EASTWEST_AGENT_PREFIX | ` ` | a text that is not blank",
        "OAUTH_ISSUERS | , | https URLs",
        "OAUTH_ISSUERS | https://a, ftp://b | https URLs",
        "OAUTH_ISSUERS | https://a#f | never reaches a server",
        "TRUSTED_PROXIES | 10.0.0.0/33 | between 0 and 32 bits",
        "TRUSTED_PROXIES | ::1/129 | between 0 and 128 bits",
        "TRUSTED_PROXIES | 10.0.0.0/ | between 0 and 32 bits",
        "TRUSTED_PROXIES | 10.0.0.0/-1 | between 0 and 32 bits",
        "TRUSTED_PROXIES | proxy.local | is no address",
        "ALLOWED_ORIGINS | https://a/ | is no origin",
        "ALLOWED_ORIGINS | https://a?x | is no origin",
        "ALLOWED_ORIGINS | https://a#x | is no origin",
        "ALLOWED_ORIGINS | * | is no origin",
        "ALLOWED_ORIGINS | null | is no origin",
        "ALLOWED_ORIGINS | a.example | is no origin"
      })
  void whatIsWrongWithinAValueIsSaid(String name, String value, String why) {
    refused(name, value);
    assertThatThrownBy(() -> config(name, value)).hasMessageContaining(why);
  }

  @Test
  void noTwoOperatorsShareAToken() {
    assertThatThrownBy(
            () ->
                Config.of(
                    Map.of(
                        "INTENTGATE_ADMIN_TOKEN", "secret-1 ",
                        "INTENTGATE_TENANT_ADMINS", "acme:other, globex: secret-1")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "INTENTGATE_TENANT_ADMINS: the token of tenant \"globex\" is INTENTGATE_ADMIN_TOKEN's:"
                + " give each operator another");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADMIN_TOKEN", "OBO_KEY", "MASTER_KEY"})
  void aSecretThatIsBlankIsNone(String name) {
    for (String blank : new String[] {" ", "\t", " \n "}) {
      refused(name, blank);
    }
  }

  @Test
  void aLongValueIsShownInPartAndWithoutWhatATerminalWouldDo() {
    assertThatThrownBy(() -> config("STORE", "\u001b[2J" + "x".repeat(200)))
        .hasMessageContaining("not \"?[2J" + "x".repeat(76) + "...\"")
        .hasMessageNotContaining("\u001b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"postgres://ann:secret-1@host:port/db", "mysql://ann:secret-1@host/db", "secret-1"})
  void anAddressOfADatabaseIsNotShown(String value) {
    for (String name : new String[] {"POSTGRES_URL", "REDIS_URL"}) {
      assertThatThrownBy(() -> config(name, value))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("INTENTGATE_" + name)
          .hasMessageNotContaining("secret-1")
          .hasNoCause();
    }
  }
}
