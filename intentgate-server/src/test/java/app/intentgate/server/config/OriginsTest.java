package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://127.0.0.1:8443",
        "http://[::1]:80",
        "http://127.8.9.1",
        "http://app.localhost:1"
      })
  void loopbackPassesWhateverItsPort(String origin) {
    assertThat(Origins.isAllowed(origin, List.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "https://evil.example",
        "http://localhost.evil.example",
        "file://",
        "http://127.0.0.1.evil.example",
        "http://user@localhost",
        "http://127.0.0.1@evil.example",
        "http://[::1",
        "http://1270.0.0.1",
        "chrome-extension://abc"
      })
  void everythingElseIsForeign(String origin) {
    assertThat(Origins.isAllowed(origin, List.of())).isFalse();
  }

  @Test
  void aConfiguredOriginPassesAndNoOtherOfItsHost() {
    List<String> configured =
        Config.of(Map.of("INTENTGATE_ALLOWED_ORIGINS", "https://Console.Example:8443, http://a.b"))
            .get(HttpSettings.ALLOWED_ORIGINS);

    assertThat(Origins.isAllowed("https://console.example:8443", configured)).isTrue();
    assertThat(Origins.isAllowed("https://console.example", configured)).isFalse();
    assertThat(Origins.isAllowed("http://console.example:8443", configured)).isFalse();
  }

  @Test
  void whatIsNoOriginIsNotConfigured() {
    assertThatThrownBy(() -> Config.of(Map.of("INTENTGATE_ALLOWED_ORIGINS", "https://a/path")))
        .hasMessageContaining("is no origin");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "localhost:8080,true",
    "LOCALHOST,true",
    "127.0.0.1:1,true",
    "127.9.9.9,true",
    "[::1]:8080,true",
    "app.localhost,true",
    "console.example,true",
    "Console.Example:9,true",
    "' localhost ',true",
    "evil.example,false",
    "localhost.evil.example,false",
    "console.example.evil.example,false",
    "127.0.0.1.evil.example,false",
    "user@localhost,false",
    "'',false",
    "' ',false",
    "local host,false",
    "[::2],false",
    "10.0.0.1,false",
    "0.0.0.0,false"
  })
  void aGateOfThisMachineIsAskedUnderItsOwnNamesAlone(String host, boolean allowed) {
    List<String> configured = List.of("https://console.example:8443", "not an origin");
    assertThat(Origins.isHostAllowed(host, configured)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://Gate.Example,https://gate.example",
    "https://gate.example:8443/x,https://gate.example:8443",
    "HTTP://gate.example/,http://gate.example",
    "http://[::1]:80,http://[::1]:80"
  })
  void theGatesOwnPagesAreOfItsOrigin(String url, String origin) {
    assertThat(Origins.withPublic(List.of("http://a"), URI.create(url)))
        .containsExactly("http://a", origin);
    assertThat(Origins.withPublic(List.of("http://a"), null)).containsExactly("http://a");
  }
}
