package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strangers who ask for a large page and never read it keep nobody else waiting. */
@Timeout(60)
class SlowReadersTest {
  /** More than there are threads that read requests, and more than work on them. */
  private static final int STRANGERS = 80;

  private static final int REQUESTS = 400;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"/openapi.json,memory", "/openapi.json,sqlite", "/metrics,sqlite"})
  void callsAreServedWhileStrangersDoNotReadTheirAnswers(String page, String store)
      throws IOException {
    byte[] asked =
        ("GET " + page + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            .repeat(REQUESTS)
            .getBytes(StandardCharsets.US_ASCII);
    List<Socket> strangers = new ArrayList<>();
    try (TestGate gate = TestGate.start(directory, "STORE", store, "METRICS_ENABLED", "true")) {
      for (int i = 0; i < STRANGERS; i++) {
        Socket stranger = new Socket();
        stranger.setReceiveBufferSize(4096);
        stranger.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.port()));
        strangers.add(stranger);
        stranger.getOutputStream().write(asked);
      }
      for (int i = 0; i < 8; i++) {
        assertThat(gate.get("/healthz").status()).isEqualTo(200);
        assertThat(gate.call("read_a").status()).isEqualTo(200);
      }
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }
}
