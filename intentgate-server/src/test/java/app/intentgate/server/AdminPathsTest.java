package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.RawHttp;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other spellings of an operator's path: a proxy in front that keeps strangers from {@code
 * /v1/admin/} would let them through, so that the gate must not read them as that path.
 */
@Timeout(60)
class AdminPathsTest {
  private static final String SUPER = "Authorization: Bearer " + TestGate.ADMIN + "\r\n";

  @TempDir static Path directory;
  private static TestGate gate;

  @BeforeAll
  static void start() {
    gate = TestGate.start(directory);
  }

  @AfterAll
  static void stop() {
    gate.close();
  }

  private static Answer get(String path, String headers) throws IOException {
    try (Socket socket = RawHttp.connect(gate.port())) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers;
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return RawHttp.read(new BufferedInputStream(socket.getInputStream()), false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/admin/whoami",
        "/v1//admin/whoami",
        "/v1/admin//whoami",
        "/v1%2fadmin/whoami",
        "/v1/admin%2Fwhoami",
        "/v1/admin%5cwhoami",
        "/v1/admin\\whoami",
        "/v1/admin;a=b/whoami",
        "/v1/%2e%2e/v1/admin/whoami",
        "/v1/admin/whoami/",
        "/v1/admin/whoami%00",
        "/V1/ADMIN/WHOAMI"
      })
  void another_spelling_of_an_operators_path_is_not_that_path(String path) throws IOException {
    assertThat(get(path, SUPER).status()).isIn(400, 404);
  }

  @Test
  void two_credentials_sign_nobody_in_though_one_is_good() throws IOException {
    String bad = "Authorization: Bearer guessing\r\n";

    assertThat(get("/v1/admin/whoami", SUPER).status()).isEqualTo(200);
    assertThat(get("/v1/admin/whoami", SUPER + bad).status()).isEqualTo(401);
    assertThat(get("/v1/admin/whoami", bad + SUPER).status()).isEqualTo(401);
    assertThat(get("/v1/admin/whoami", SUPER + SUPER).status()).isEqualTo(401);
  }
}
