package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Times that no calendar of four digits has, asked of a store that keeps such alone. */
@Timeout(60)
class FarTimesTest {
  private static final String[] SUPER = {"Authorization", "Bearer " + TestGate.ADMIN};

  @TempDir Path directory;

  @Test
  void aTimeBeyondTheStoresIsTheAskersMistakeAndNoFailure() {
    try (TestGate gate = TestGate.start(directory, "STORE", "sqlite")) {
      gate.call("read_a");
      for (String time : List.of("%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
        for (String route :
            List.of(
                "/v1/admin/audit?from=",
                "/v1/admin/audit?to=",
                "/v1/admin/audit/verify?from=",
                "/v1/admin/audit/export?to=")) {
          Answer answer = gate.get(route + time, SUPER);
          assertThat(answer.status()).as("%s%s: %s", route, time, answer).isEqualTo(400);
        }
      }
      for (String time : List.of("+999999999-12-31T23:59:59Z", "+10000-01-01T00:00:00Z")) {
        Answer answer =
            gate.post(
                "/v1/admin/operators",
                "{\"name\":\"a\",\"role\":\"viewer\",\"expires_at\":\"" + time + "\"}",
                SUPER);
        assertThat(answer.status()).as("%s: %s", time, answer).isEqualTo(400);
      }
    }
  }
}
