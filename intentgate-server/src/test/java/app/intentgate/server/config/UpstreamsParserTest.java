package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several tool servers may be called, and what stops the start. */
class UpstreamsParserTest {
  private static final String A = "{'name':'a','url':'http://a/x'";
  private static final String B = "{'name':'b','url':'http://b/x'";

  private static Config config(String value) {
    return Config.of(Map.of("INTENTGATE_UPSTREAMS", value.replace('\'', '"')));
  }

  @Test
  void aPrefixIsTheNameUnlessThereIsOneServerOrItIsSet() {
    assertThat(config("[" + A + "}," + B + ",'prefix':''}]").get(UpstreamSettings.UPSTREAMS))
        .extracting(UpstreamEntry::prefix)
        .containsExactly("a_", "");
    assertThat(config("[" + A + "}]").get(UpstreamSettings.UPSTREAMS))
        .extracting(UpstreamEntry::prefix)
        .containsExactly("");
    assertThat(config("[" + A + ",'prefix':'a.'}," + B + "}]").get(UpstreamSettings.UPSTREAMS))
        .extracting(UpstreamEntry::prefix)
        .containsExactly("a.", "b_");
  }

  @Test
  void aFileHoldsThemWhereTheValueSaysSo(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("u.json"), ("[" + A + "}]").replace('\'', '"'));

    assertThat(config("@" + file).get(UpstreamSettings.UPSTREAMS)).hasSize(1);
    assertThatThrownBy(() -> config("@" + directory.resolve("none")))
        .hasMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | one to 32",
        "[{'name':'a b','url':'http://x'}] | needs a name",
        "[{'name':'a'}] | needs a url",
        "[{'name':'a','url':'http://u:p@x'}] | a user and password",
        "[{'name':'a','url':'http://x','prefx':'y'}] | unknown member",
        "[{'name':'a','url':'http://x','prefix':'b.'}] | the prefix must be",
        "[{'name':'a','url':'http://x','auth_header':'secret-1'}] | auth_header is not",
        "[{'name':'a','url':'http://x','timeout_ms':0}] | timeout_ms",
        "[{'name':'a','url':'http://x','tenants':[]}] | tenants",
        "[{'name':'a','url':'http://x'},{'name':'A','url':'http://y'}] | two servers are called",
        "[{'name':'a','url':'http://x','prefix':'p'},{'name':'b','url':'http://y','prefix':'p'}]"
            + " | is both a's and b's",
        "[{'name':'a','url':'http://x','rename':{'t':'n'}},"
            + "{'name':'b','url':'http://y','rename':{'u':'n'}}] | is both a's and b's",
      })
  void whatCannotWorkStopsTheStartAndShowsNoSecret(String value, String why) {
    assertThatThrownBy(() -> config(value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("secret-1");
  }

  @ParameterizedTest
  @CsvSource({
    "UPSTREAM_URL,http://x",
    "UPSTREAM_AUTH_HEADER,X-Key: for whom",
  })
  void whatSpeaksOfOneServerIsRefusedBesideSeveral(String name, String value) {
    assertThatThrownBy(
            () ->
                Config.of(
                    Map.of(
                        "INTENTGATE_" + name,
                        value,
                        "INTENTGATE_UPSTREAMS",
                        ("[" + A + "}]").replace('\'', '"'))))
        .hasMessageContaining("exclude each other");
  }
}
