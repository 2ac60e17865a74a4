package app.intentgate.sdk.admin;

import app.intentgate.sdk.FakeGate;
import java.time.Duration;
import java.util.Map;

/** A gate that answers as a test says, and an operator's client of it. */
final class AdminGate implements AutoCloseable {
  static final String TOKEN = "an-operators-secret";

  final FakeGate gate = new FakeGate();
  final AdminClient admin =
      AdminClient.builder().url(gate.url()).token(TOKEN).timeout(Duration.ofSeconds(30)).build();

  /** Answers every request with an object. */
  AdminGate answering(String body) {
    return answering(200, body);
  }

  AdminGate answering(int status, String body) {
    gate.always(status, Map.of("Content-Type", "application/json"), body);
    return this;
  }

  FakeGate.Seen last() {
    return gate.requests.get(gate.requests.size() - 1);
  }

  /** The last request in a line: method, path with query, and the body where there was one. */
  String asked() {
    FakeGate.Seen seen = last();
    String line = seen.method() + " " + seen.path();
    return seen.header("Content-Type") == null ? line : line + " " + seen.body();
  }

  @Override
  public void close() {
    admin.close();
    gate.close();
  }
}
