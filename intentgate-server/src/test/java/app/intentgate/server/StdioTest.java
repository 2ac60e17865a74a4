package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.stdio.LineServer;
import app.intentgate.server.stdio.SdkLineServer;
import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code intentgate stdio} and {@code intentgate connect} as processes. */
@Timeout(120)
class StdioTest {
  @TempDir Path directory;

  private Map<String, String> environment(String... more) {
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_DATA_DIR", directory.resolve("data").toString());
    env.put("INTENTGATE_STORE", "file");
    for (int i = 0; i < more.length; i += 2) {
      env.put(more[i], more[i + 1]);
    }
    return env;
  }

  private static List<String> stdio(List<String> server) throws Exception {
    List<String> words = new ArrayList<>(List.of("stdio", "--"));
    words.addAll(server);
    return LineClient.java(Main.class.getName(), words.toArray(new String[0]));
  }

  private LineClient lines(String... environment) throws Exception {
    return LineClient.start(
        directory, environment(environment), stdio(LineClient.java(LineServer.class.getName())));
  }

  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere a machine has this address only when told so
  void theTokenGoesToThisGateWhereverItListens() throws Exception {
    try (LineClient client = lines("INTENTGATE_ADDR", "127.0.0.2:0").initialize()) {
      JsonNode answer = client.call(1, "read_env", "").answer("1");
      assertThat(answer.has("result")).as("%s", answer).isTrue();
    }
  }

  private static McpSyncClient client(List<String> command, Map<String, String> environment) {
    return McpClient.sync(
            new StdioClientTransport(
                ServerParameters.builder(command.get(0))
                    .args(command.subList(1, command.size()))
                    .env(environment)
                    .build(),
                McpJsonDefaults.getMapper()))
        .requestTimeout(Duration.ofSeconds(60))
        .initializationTimeout(Duration.ofSeconds(60))
        .capabilities(McpSchema.ClientCapabilities.builder().roots(false).build())
        .roots(List.of(new McpSchema.Root("file:///work", "work")))
        .build();
  }

  @Test
  void aClientAndAServerOfTheSdkWorkWithTheGateBetweenThem() throws Exception {
    String token =
        TokenMinter.of(KeyRing.parse(TestGate.KEY))
            .mint(Grant.to("agent").tools("read_*"))
            .encode();
    Map<String, String> environment =
        environment("INTENTGATE_MASTER_KEY", TestGate.KEY, "INTENTGATE_TOKEN", token);
    try (McpSyncClient client =
        client(stdio(LineClient.java(SdkLineServer.class.getName())), environment)) {
      SdkChecks.readsAndIsRefusedTheRest(client);
    }
  }

  @Test
  void aClientOfTheSdkReachesAGateThroughABridge() throws Exception {
    try (SdkToolServer server = SdkToolServer.start();
        TestGate gate = TestGate.start(directory, "UPSTREAM_URL", server.url())) {
      String token = gate.mint(Grant.to("agent").tools("read_*"));
      List<String> connect =
          LineClient.java(Main.class.getName(), "connect", "http://127.0.0.1:" + gate.port());
      try (McpSyncClient client = client(connect, Map.of("INTENTGATE_TOKEN", token))) {
        SdkChecks.readsAndIsRefusedTheRest(client);
      }
    }
  }

  @Test
  void aLocalServerIsJudgedAndRecordedAndKeepsToItself() throws Exception {
    try (LineClient client = lines("INTENTGATE_ADMIN_TOKEN", "secret").initialize()) {
      JsonNode env = client.call(1, "read_env", "").answer("1");
      assertThat(env.at("/result/content/0/text").asText())
          .as("none of the gate's variables reach the server")
          .isEqualTo("[]");
      assertThat(client.call(2, "drop_table", "").answer("2").at("/result/isError").asBoolean())
          .as("refused by policy, and told to the model")
          .isTrue();
      client.call(3, "read_progress", ",\"_meta\":{\"progressToken\":\"p\"}");
      for (int i = 0; i < 3; i++) {
        JsonNode progress = client.next();
        assertThat(progress.path("method").asText()).isEqualTo("notifications/progress");
        assertThat(progress.at("/params/progress").asInt()).isEqualTo(i);
      }
      assertThat(client.next().at("/result/content/0/text").asText()).isEqualTo("done");

      client.call(9, "read_asks", "");
      assertThat(client.next().path("method").asText()).isEqualTo("roots/list");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"result\":{\"roots\":[]}}");
      assertThat(client.answer("9").at("/result/content/0/text").asText())
          .isEqualTo("{\"roots\":[]}");

      client.send("no JSON");
      assertThat(client.next().at("/error/code").asInt()).isEqualTo(-32700);
      assertThat(client.call(4, "read_much", "").answer("4").at("/result/content/0/text").asText())
          .hasSize(3_000_000);
      client.leave();
      assertThat(client.exitCode()).isZero();
      assertThat(client.errors())
          .as("the server's own words come through")
          .contains("line server pid")
          .contains("a line that is no message");
      assertGone(client.errors());
    }
    Path token = directory.resolve("data/agent.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    String audit = Files.readString(directory.resolve("data/audit.jsonl"));
    assertThat(audit)
        .contains("\"tool\":\"read_env\"")
        .contains("\"tool\":\"drop_table\"")
        .contains("\"agent_id\":\"desktop\"")
        .contains("\"phase\":\"outcome\"");
  }

  @Test
  void aServerThatEndsFirstEndsTheGateAndLeavesNoCallUnanswered() throws Exception {
    try (LineClient client = lines().initialize()) {
      JsonNode answer = client.call(1, "read_end", "").answer("1");
      assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
      assertThat(client.exitCode()).isEqualTo(1);
      assertThat(client.errors()).contains("the tool server ended");
    }
  }

  @Test
  void theServerDiesWithTheGateHoweverThatEnds() throws Exception {
    try (LineClient client = lines().initialize()) {
      client.process().destroy();
      client.exitCode();
      assertGone(client.errors());
    }
    try (LineClient client = lines().initialize()) {
      client.process().destroyForcibly();
      client.exitCode();
      assertGone(client.errors());
    }
  }

  private static void assertGone(String errors) throws Exception {
    Matcher pid = Pattern.compile("line server pid (\\d+)").matcher(errors);
    assertThat(pid.find()).isTrue();
    Optional<ProcessHandle> child = ProcessHandle.of(Long.parseLong(pid.group(1)));
    if (child.isPresent()) {
      child.get().onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @Test
  void wrongWordsAreToldOnStandardError() throws Exception {
    try (LineClient client =
        LineClient.start(
            directory, Map.of(), LineClient.java(Main.class.getName(), "connect", "gate"))) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.errors()).contains("URL must be an http or https address");
    }
    try (LineClient client =
        LineClient.start(directory, environment(), stdio(List.of("/no/such/command")))) {
      assertThat(client.exitCode()).isEqualTo(2);
      assertThat(client.errors()).contains("/no/such/command");
    }
  }
}
