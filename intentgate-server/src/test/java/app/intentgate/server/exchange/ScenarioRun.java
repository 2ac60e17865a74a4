package app.intentgate.server.exchange;

import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.testing.FreePort;
import app.intentgate.testing.Pause;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays one scenario against one gate and collects every difference. */
public final class ScenarioRun implements AutoCloseable {
  private final Scenario scenario;
  private final Gate.Starter starter;
  private final Path directory;
  private final @Nullable String database;
  private final Variables variables = new Variables();
  private final Map<String, StubServer> stubs = new HashMap<>();
  private final Map<String, CompletableFuture<Answer>> background = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private Map<String, String> environment = Map.of();
  private Gate gate;

  /**
   * Prepares a run.
   *
   * @param directory an empty directory, the gate's own
   * @param postgres whether its store is a database of PostgreSQL; otherwise it is SQLite
   */
  public ScenarioRun(Scenario scenario, Gate.Starter starter, Path directory, boolean postgres) {
    this.scenario = scenario;
    this.starter = starter;
    this.directory = directory;
    this.database = postgres ? EmbeddedPostgresServer.newMigratedDatabase() : null;
  }

  /** Starts what is needed, plays every step, and returns what differs; empty when nothing does. */
  public List<String> play() throws Exception {
    prepare();
    gate = starter.start(environment);
    variables.put("port", String.valueOf(gate.port()));
    environment = new HashMap<>(environment);
    environment.put("INTENTGATE_ADDR", "127.0.0.1:" + gate.port());
    int index = 0;
    for (JsonNode step : scenario.steps()) {
      play(
          step,
          "step "
              + index++
              + " "
              + step.path("method").asText("")
              + " "
              + step.path("path").asText(""));
    }
    for (Map.Entry<String, StubServer> stub : stubs.entrySet()) {
      JsonNode want = scenario.json().path("expect_" + stub.getKey() + "_ours");
      if (want.isMissingNode()) {
        want = scenario.json().path("expect_" + stub.getKey());
      }
      if (!want.isMissingNode()) {
        differences.addAll(Expectation.differences(variables.in(want), stub.getValue().seen()));
      }
    }
    return differences;
  }

  private void prepare() throws IOException {
    JsonNode json = scenario.json();
    json.path("vars").properties().forEach(v -> variables.put(v.getKey(), v.getValue().asText()));
    for (Map.Entry<String, JsonNode> file : json.path("files").properties()) {
      Path path = directory.resolve(file.getKey());
      Files.writeString(path, file.getValue().asText());
      variables.put("file:" + file.getKey(), path.toString());
    }
    for (String kind : List.of("upstream", "extractor")) {
      if (json.has(kind)) {
        RecordedReplies replies = new RecordedReplies(json.get(kind));
        StubServer stub = new StubServer(replies);
        replies.setSelf(stub.url());
        stubs.put(kind, stub);
        variables.put(kind, stub.url());
      }
    }
    variables.put("dead", "http://127.0.0.1:" + FreePort.next());
    variables.put("dir", directory.toString());
    Map<String, String> env = new HashMap<>();
    scenario.config().forEach((name, value) -> env.put(name, variables.in(value)));
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", directory.toString());
    if (database != null) {
      env.put("INTENTGATE_POSTGRES_URL", database);
    } else {
      env.put("INTENTGATE_STORE", "sqlite");
    }
    env.putIfAbsent("INTENTGATE_AUDIT_TARGET", "none");
    env.putIfAbsent("INTENTGATE_LOG_LEVEL", "error");
    environment = env;
  }

  private void play(JsonNode step, String label) throws Exception {
    Pause.idle(Duration.ofMillis(step.path("pause_ms").asLong(0)));
    if (step.has("restart")) {
      gate.end(step.get("restart").asText().equals("kill"));
      gate = starter.start(environment);
      return;
    }
    if (step.has("background")) {
      background.put(
          step.get("background").asText(),
          CompletableFuture.supplyAsync(
              () -> send(step), task -> new Thread(task, "background").start()));
      Pause.idle(Duration.ofMillis(150));
      return;
    }
    if (!step.has("method") && !step.has("await")) {
      return;
    }
    long end = System.nanoTime() + Duration.ofMillis(step.path("eventually_ms").asLong()).toNanos();
    JsonNode want = step.has("expect_ours") ? step.get("expect_ours") : step.get("expect");
    while (true) {
      Answer answer =
          step.has("await")
              ? background.get(step.get("await").asText()).get(90, TimeUnit.SECONDS)
              : send(step);
      List<String> found =
          want == null ? List.of() : Expectation.differences(variables.in(want), answer);
      if (found.isEmpty() || System.nanoTime() >= end) {
        found.forEach(d -> differences.add(label + ": " + d));
        contract(step, answer).forEach(d -> differences.add(label + ": not as documented: " + d));
        capture(step, answer);
        return;
      }
      Pause.idle(Duration.ofMillis(20));
    }
  }

  private List<String> contract(JsonNode step, Answer answer) {
    return step.has("method")
        ? Contract.problems(
            step.get("method").asText(), variables.in(step.get("path").asText()), answer)
        : List.of();
  }

  private Answer send(JsonNode step) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    step.path("headers")
        .properties()
        .forEach(h -> headers.add(Map.entry(h.getKey(), variables.in(h.getValue().asText()))));
    return RawHttp.call(
        gate.port(),
        step.get("method").asText(),
        variables.in(step.get("path").asText()),
        headers,
        RecordedReplies.bodyOf(step, variables::in));
  }

  private void capture(JsonNode step, Answer answer) throws IOException {
    for (Map.Entry<String, JsonNode> c : step.path("capture").properties()) {
      JsonNode body = Vectors.JSON.readTree(answer.body());
      JsonNode value = body.at(c.getValue().asText());
      variables.put(
          c.getKey(),
          value.isMissingNode()
              ? "<not-captured>"
              : value.isTextual() ? value.asText() : value.toString());
    }
  }

  @Override
  public void close() throws IOException {
    if (gate != null) {
      gate.close();
    }
    for (StubServer stub : stubs.values()) {
      stub.close();
    }
    if (database != null) {
      EmbeddedPostgresServer.drop(database);
    }
  }
}
