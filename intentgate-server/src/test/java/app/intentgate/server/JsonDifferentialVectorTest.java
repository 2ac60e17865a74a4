package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.LooseJson;
import app.intentgate.server.exchange.LooseJson.Reading;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.server.exchange.Vectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies on which JSON parsers disagree: none reaches the tool server with another meaning than the
 * one that was judged, whichever way the tool server settles what is ambiguous (B1, B3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonDifferentialVectorTest {
  private static final String POLICY =
      """
      package intentgate.policy

      default decision := {"allow": false, "reason": "not the one call"}

      decision := {"allow": true, "reason": "the one call"} if {
        input.tool == "read_invoice"
        input.args.id == 7
      }
      """;

  private final StubServer upstream =
      new StubServer(
          request -> StubServer.Reply.json("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"));
  private InProcessGate gate;
  private int passed;
  private int failed;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Path policy = Files.writeString(directory.resolve("policy.rego"), POLICY);
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", directory.toString());
    env.put("INTENTGATE_STORE", "memory");
    env.put("INTENTGATE_AUDIT_TARGET", "none");
    env.put("INTENTGATE_POLICY_FILE", policy.toString());
    env.put("INTENTGATE_REQUIRE_CAPABILITY", "false");
    env.put("INTENTGATE_UPSTREAM_URL", upstream.url() + "/rpc");
    gate = InProcessGate.start(env);
  }

  @AfterAll
  void stop() throws Exception {
    gate.close();
    upstream.close();
    System.out.println(
        "vectors json-differential.json: " + passed + " passed, " + failed + " failed");
  }

  @TestFactory
  Stream<DynamicTest> meansTheSameUpstreamAsItDidHere() {
    JsonNode cases = Vectors.read("json-differential.json").get("cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("id").asText() + " " + c.path("note").asText(), () -> play(c)));
  }

  private void play(JsonNode c) throws Exception {
    failed++;
    byte[] body = body(c);
    int before = upstream.seen().size();
    Answer answer =
        RawHttp.call(
            gate.port(),
            "POST",
            "/v1/mcp",
            List.of(Map.entry("Content-Type", "application/json")),
            body);
    List<StubServer.Request> sent = upstream.seen();
    int forwarded = sent.size() - before;
    switch (c.get("expect").asText()) {
      case "refuse" -> assertThat(forwarded).as("nothing goes upstream").isZero();
      case "forward" -> assertThat(forwarded).as("one request goes upstream").isOne();
      default -> assertThat(forwarded).as("at most one request goes upstream").isBetween(0, 1);
    }
    if (forwarded == 1) {
      assertMeansTheSame(body, sent.get(sent.size() - 1).body());
    }
    assertWellFormed(answer);
    failed--;
    passed++;
  }

  private static byte[] body(JsonNode c) throws Exception {
    if (c.has("body_b64")) {
      return Base64.getDecoder().decode(c.get("body_b64").asText());
    }
    byte[] packed = Base64.getDecoder().decode(c.get("body_zlib_b64").asText());
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /** Every reading of what was forwarded is the one meaning of what came in. */
  private static void assertMeansTheSame(byte[] received, byte[] forwarded) throws Exception {
    assertThat(LooseJson.parse(forwarded).hasTwins()).as("no member twice").isFalse();
    Map<String, Object> judged = LooseJson.parse(received).read(Reading.LAST_WINS);
    for (Reading reading : Reading.values()) {
      Map<String, Object> read = LooseJson.parse(forwarded).read(reading);
      assertThat(read.get("method")).as("method, %s", reading).isEqualTo(judged.get("method"));
      if ("tools/call".equals(read.get("method"))) {
        Map<?, ?> params = (Map<?, ?>) read.get("params");
        Map<?, ?> arguments = (Map<?, ?>) params.get("arguments");
        assertThat(params.get("name")).as("tool, %s", reading).isEqualTo("read_invoice");
        assertThat((BigDecimal) arguments.get("id"))
            .as("id, %s", reading)
            .isEqualByComparingTo(BigDecimal.valueOf(7));
        assertThat(arguments)
            .as("arguments, %s", reading)
            .isEqualTo(((Map<?, ?>) judged.get("params")).get("arguments"));
      }
    }
  }

  private static void assertWellFormed(Answer answer) throws Exception {
    if (answer.status() == 202) {
      assertThat(answer.body()).isEmpty();
      return;
    }
    // A message without a method is an answer to nobody's question: refused as such (mcp L6).
    boolean unasked = answer.text().contains("a response that nobody waits for");
    assertThat(answer.status()).as("%s", answer).isEqualTo(unasked ? 400 : 200);
    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.body()));
    JsonNode response = Vectors.JSON.readTree(answer.body());
    assertThat(response.path("jsonrpc").asText()).isEqualTo("2.0");
    assertThat(response.has("id")).isTrue();
    assertThat(response.has("result") ^ response.has("error")).isTrue();
  }
}
