package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far each member of a tool server may go, and what it is of no right type. */
class UpstreamsBoundsTest {
  private static List<UpstreamEntry> parse(String value) {
    return Config.of(Map.of("INTENTGATE_UPSTREAMS", value.replace('\'', '"')))
        .get(UpstreamSettings.UPSTREAMS);
  }

  private static UpstreamEntry one(String members) {
    return parse("[{'name':'a','url':'http://a/x'," + members + "}]").get(0);
  }

  private static void refused(String value, String why) {
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("INTENTGATE_UPSTREAMS must be ")
        .hasMessageContaining(why);
  }

  private static void oneIsRefused(String members, String why) {
    refused("[{'name':'a','url':'http://a/x'," + members + "}]", why);
  }

  private static String servers(int many) {
    return IntStream.range(0, many)
        .mapToObj(i -> "{'name':'s" + i + "','url':'http://a/x'}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void thirtyTwoServersAreTakenInTheirOrderAndNoMore() {
    assertThat(parse(servers(32))).hasSize(32).extracting(UpstreamEntry::name).endsWith("s31");
    refused(servers(33), "one to 32 servers");
  }

  @Test
  void aNameHas32CharactersAtTheMost() {
    String longest = "a".repeat(32);
    assertThat(parse("[{'name':'" + longest + "','url':'http://a'}]").get(0).name())
        .isEqualTo(longest);
    refused("[{'name':'" + longest + "a','url':'http://a'}]", "needs a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'1a'",
        "'-a'",
        "'a_b'",
        "'a.b'",
        "'a:b'",
        "'a!b'",
        "'a+b'",
        "'\u00e4'",
        "'a\\n'"
      })
  void aNameThatWouldBeTakenApartElsewhereIsNone(String name) {
    refused("[{'name':" + name + ",'url':'http://a'}]", "needs a name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "['a']", "{}"})
  void aTextOfAnotherTypeIsRefused(String value) {
    refused("[{'name':" + value + ",'url':'http://a'}]", "name is not a text");
    for (String member : List.of("prefix", "auth_header")) {
      oneIsRefused("'" + member + "':" + value, "server \"a\": " + member + " is not a text");
    }
    refused("[{'name':'a','url':" + value + "}]", "server \"a\": url is not a text");
  }

  @Test
  void aPrefixHas48CharactersAtTheMostAndMayEndInADotAfterTheNameAlone() {
    assertThat(one("'prefix':'" + "p".repeat(48) + "'").prefix()).hasSize(48);
    oneIsRefused("'prefix':'" + "p".repeat(49) + "'", "the prefix must be");
    assertThat(one("'prefix':'a.'").prefix()).isEqualTo("a.");
    for (String prefix : List.of("b.", "a..", ".", "a b", "a/")) {
      oneIsRefused("'prefix':'" + prefix + "'", "the prefix must be");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3600000,3600000", "1e3,1000"})
  void aTimeIsAWholeNumberOfMilliseconds(String value, long millis) {
    assertThat(one("'timeout_ms':" + value).timeoutMs()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "3600001", "1.5", "1e30", "'1000'", "null", "true", "[]"})
  void anyOtherTimeIsRefused(String value) {
    oneIsRefused("'timeout_ms':" + value, "timeout_ms is not a whole number from 1 to 3600000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'acme'", "{}", "null", "[]", "7"})
  void tenantsAreAListOfOneAtLeast(String value) {
    oneIsRefused("'tenants':" + value, "tenants is not an array of at least one tenant");
  }

  @Test
  void aTenantIsATextAndWhoIsNamedTwiceIsThereOnce() {
    oneIsRefused("'tenants':['acme',7]", "tenants holds something that is not a text");
    assertThat(one("'tenants':['acme','acme','b']").tenants())
        .containsExactlyInAnyOrder("acme", "b");
  }

  @Test
  void aToolIsRenamedTo64CharactersAtTheMostAndToOneNameOfItsOwn() {
    assertThat(one("'rename':{'x':'" + "n".repeat(64) + "'}").rename().get("x")).hasSize(64);
    for (String shown : List.of("'" + "n".repeat(65) + "'", "''", "'a.b'", "'a b'", "7", "null")) {
      oneIsRefused("'rename':{'x':" + shown + "}", "\"x\" must be renamed to letters");
    }
    oneIsRefused("'rename':{'x':'n','y':'n'}", "the name \"n\" is both a's and a's");
    oneIsRefused("'rename':[]", "rename is not a JSON object");
    oneIsRefused("'rename':{'x':'n','x':'m'}", "duplicate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "7", "'x'", "[7]", "[[]]", "[null]", "["})
  void whatIsNoListOfServersIsRefused(String value) {
    assertThatThrownBy(() -> parse(value)).hasMessageStartingWith("INTENTGATE_UPSTREAMS must be ");
  }

  @Test
  void anEmptyPrefixIsOneServersAlone() {
    refused(
        "[{'name':'a','url':'http://a','prefix':''},{'name':'b','url':'http://b','prefix':''}]",
        "the prefix \"\" is both a's and b's");
  }

  @Test
  void aFileThatIsNoTextCannotBeRead(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("u.json"), new byte[] {'[', (byte) 0xff, ']'});
    refused("@" + file, "the file " + file + " cannot be read");
    refused("@" + folder, "cannot be read");
    refused("@", "cannot be read");
  }

  @Test
  void aCredentialIsOfATool() {
    String servers = "[{\"name\":\"sap\",\"url\":\"http://a\"}]";
    for (String tool : List.of("read", "crm.read", "sapread", "sap_read")) {
      assertThatThrownBy(
              () ->
                  Config.of(
                      Map.of(
                          "INTENTGATE_UPSTREAMS",
                          servers,
                          "INTENTGATE_UPSTREAM_TOOL_CREDENTIALS",
                          "{\"" + tool + "\":\"X-Key: secret-1\"}")))
          .isInstanceOf(ConfigException.class)
          .hasMessage("INTENTGATE_UPSTREAM_TOOL_CREDENTIALS: no server has the tool " + tool);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X-Key: a b | X-Key | a b",
        "x-key:a:b | x-key | a:b",
        " X-Key :\tv\t | X-Key | v",
        "Authorization: Bearer x | Authorization | Bearer x",
        "!#$%&'*+-.^_~: v | !#$%&'*+-.^_~ | v"
      })
  void aHeaderIsANameAndAValueWithoutBlanksAround(String text, String name, String value) {
    HeaderLine line = HeaderLine.parse(text.replace("\\t", "\t"));
    assertThat(line.name()).isEqualTo(name);
    assertThat(line.value()).isEqualTo(value);
    assertThat(line).hasToString(name + ": ***");
  }
}
