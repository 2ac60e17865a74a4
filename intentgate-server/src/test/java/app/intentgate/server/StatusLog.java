package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.OpenApi;
import app.intentgate.server.exchange.OpenApi.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Asks for answers of a certain status, each held against the OpenAPI document, and notes them. */
final class StatusLog {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;

  private final Set<String> seen = new TreeSet<>();

  /** The name of a documented status of an operation. */
  static String name(String operation, String status) {
    return operation + " " + status;
  }

  /** What is documented: each operation with each of its statuses. */
  static Set<String> documented() {
    Set<String> out = new TreeSet<>();
    for (Operation operation : OpenApi.operations()) {
      operation
          .json()
          .get("responses")
          .fieldNames()
          .forEachRemaining(status -> out.add(name(operation.name(), status)));
    }
    return out;
  }

  /** What was documented and not seen. */
  Set<String> missing() {
    Set<String> out = documented();
    out.removeAll(seen);
    return out;
  }

  /** Takes note of an answer. */
  void saw(String operation, int status) {
    String exact = name(operation, String.valueOf(status));
    seen.add(documented().contains(exact) ? exact : name(operation, status / 100 + "XX"));
  }

  /** Asks a gate, as whoever the headers say. */
  Answer ask(
      TestGate gate, int status, String operation, String path, String body, String... headers) {
    String method = operation.substring(0, operation.indexOf(' '));
    Answer answer = gate.send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    assertThat(answer.status()).as("%s %s: %s", operation, body, answer).isEqualTo(status);
    saw(operation, status);
    return answer;
  }

  /** Asks a gate as the operator of all tenants, at the operation's own path. */
  Answer admin(TestGate gate, int status, String operation, String body, String... headers) {
    return at(gate, status, operation, "", body, headers);
  }

  /** The same; each parameter of the path is this, and a query may follow it. */
  Answer at(
      TestGate gate,
      int status,
      String operation,
      String parameter,
      String body,
      String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of(AUTH, SUPER));
    String path = operation.substring(operation.indexOf(' ') + 1);
    String query = parameter.contains("?") ? parameter.substring(parameter.indexOf('?')) : "";
    String value = parameter.substring(0, parameter.length() - query.length());
    return ask(
        gate,
        status,
        operation,
        path.replaceAll("\\{[^}]*}", value) + query,
        body,
        all.toArray(String[]::new));
  }

  /** Asks a gate for each of some operations, without a body and with these headers. */
  void each(TestGate gate, int status, Predicate<Operation> which, String... headers) {
    for (Operation operation : OpenApi.operations()) {
      if (which.test(operation)) {
        ask(
            gate,
            status,
            operation.name(),
            operation.path().replaceAll("\\{[^}]*}", "x"),
            "",
            headers);
      }
    }
  }
}
