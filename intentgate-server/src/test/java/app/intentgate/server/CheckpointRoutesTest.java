package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.server.cli.CommandRun;
import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.token.Grant;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints and proofs over HTTP, checked with nothing but the public key (B28, B29). */
@Timeout(60)
class CheckpointRoutesTest {
  private static final String AUTH = "Authorization";
  private static final String SUPER = "Bearer " + TestGate.ADMIN;

  @TempDir Path directory;

  private static PublicCheckpointKey key(TestGate gate) {
    JsonNode keys = TestGate.json(gate.get("/v1/admin/audit/key", AUTH, SUPER)).at("/keys");
    assertThat(keys).isNotEmpty();
    JsonNode newest = keys.get(keys.size() - 1);
    assertThat(newest.at("/algorithm").asText()).isEqualTo("Ed25519");
    return PublicCheckpointKey.decode(newest.at("/public_key").asText(), Instant.EPOCH);
  }

  private static JsonNode checkpoints(TestGate gate) {
    return TestGate.json(gate.get("/v1/admin/audit/checkpoints?tenant=default", AUTH, SUPER))
        .at("/checkpoints");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "sqlite"})
  void aStopSignsWhereTheChainStandsAndAnyStartAfterItServesThat(String store) throws Exception {
    Path copy = directory.resolve("copy.txt");
    PublicCheckpointKey key;
    try (TestGate gate =
        TestGate.start(
            directory.resolve("data"), "STORE", store, "CHECKPOINT_FILE", copy.toString())) {
      key = key(gate);
      gate.call("read_one");
      gate.call("read_two");
    }
    List<Checkpoint> copies = Checkpoint.parseAll(Files.readString(copy));
    assertThat(copies).isNotEmpty().allMatch(key::verifies);
    assertThat(copies.get(copies.size() - 1).sequence()).isEqualTo(2);

    try (TestGate gate = TestGate.start(directory.resolve("data"), "STORE", store)) {
      assertThat(key(gate).id()).isEqualTo(key.id());
      JsonNode rows = checkpoints(gate);
      JsonNode last = rows.get(rows.size() - 1);
      assertThat(Checkpoint.parse(last.at("/note").asText()))
          .isEqualTo(copies.get(copies.size() - 1));
      assertThat(last.at("/head_hash").asText()).isEqualTo(gate.events().get(1).hash());
    }
  }

  @Test
  void everyCheckpointIsSentAndTheLastOneBeforeTheGateEnds() throws Exception {
    PublicCheckpointKey key;
    try (StubServer archive = new StubServer(request -> StubServer.Reply.json("{}"))) {
      try (TestGate gate =
          TestGate.start(
              directory.resolve("data"), "STORE", "sqlite", "CHECKPOINT_URL", archive.url())) {
        key = key(gate);
        gate.call("read_one");
        gate.call("read_two");
      }
      StubServer.Request last = archive.seen().get(archive.seen().size() - 1);
      Checkpoint note = Checkpoint.parse(new String(last.body(), StandardCharsets.UTF_8));
      assertThat(key.verifies(note)).isTrue();
      assertThat(note.sequence()).isEqualTo(2);
    }
  }

  @Test
  void anExportThatEndsWithCheckpointsVerifiesByItself() throws Exception {
    Path data = directory.resolve("data");
    try (TestGate gate = TestGate.start(data, "STORE", "sqlite")) {
      gate.call("read_one");
      gate.call("read_two");
      Answer lines = gate.get("/v1/admin/audit/export?format=ndjson&checkpoint=true", AUTH, SUPER);
      Answer rows = gate.get("/v1/admin/audit/export?checkpoint=true", AUTH, SUPER);

      List<String> all = lines.text().lines().toList();
      assertThat(all).hasSize(3);
      assertThat(all.get(2)).startsWith("{\"checkpoint\":{\"tenant\":\"default\"");
      assertThat(rows.text()).contains(",checkpoint,");
      Path keys = Files.writeString(directory.resolve("keys.txt"), key(gate).publicKey());
      Path whole = Files.write(directory.resolve("whole.ndjson"), lines.body());
      Path cut =
          Files.writeString(directory.resolve("cut.ndjson"), all.get(0) + "\n" + all.get(2) + "\n");
      assertThat(verify(whole, keys)).isZero();
      assertThat(verify(cut, keys)).isEqualTo(1);
      Path strange =
          Files.writeString(
              directory.resolve("strange.txt"),
              CheckpointKey.generate(Instant.EPOCH).publicHalf().publicKey());
      assertThat(verify(whole, strange)).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotAWholeChainIsNotSignedAsOne() throws Exception {
    try (TestGate gate = TestGate.start(directory.resolve("data"), "STORE", "sqlite")) {
      gate.call("read_one");
      gate.call("read_two");
      for (String filter :
          List.of(
              "to=2030-01-01T00:00:00Z",
              "from=2020-01-01T00:00:00Z",
              "tool=read_one",
              "agent_id=a",
              "decision=allow",
              "check=policy",
              "jti=a",
              "elevation_id=a",
              "call_id=a",
              "tenant=default")) {
        Answer answer = gate.get("/v1/admin/audit/export?checkpoint=true&" + filter, AUTH, SUPER);

        assertThat(answer.status()).as(filter).isEqualTo(400);
        assertThat(answer.text())
            .contains("leave out " + filter.substring(0, filter.indexOf('=')))
            .doesNotContain("head_hash");
      }
      assertThat(gate.events()).as("a refused export is none").hasSize(2);
      gate.call("read_three", AUTH, "Bearer " + gate.mint(Grant.to("bot").tenant("acme")));
      assertThat(
              gate.get(
                      "/v1/admin/audit/export?checkpoint=true&format=json&tenant=acme", AUTH, SUPER)
                  .text())
          .contains("{\"checkpoint\":{\"tenant\":\"acme\"");
    }
  }

  @Test
  void aTenantsNameIsNoFormulaInTheRowOfACheckpointEither() throws Exception {
    try (TestGate gate = TestGate.start(directory.resolve("data"))) {
      Path keys = Files.writeString(directory.resolve("keys.txt"), key(gate).publicKey());
      for (String tenant : List.of("=1+1", "+1", "-1", "@a", "'a", "a,b", "a\"b", "=a\",\"b")) {
        gate.call("read_one", AUTH, "Bearer " + gate.mint(Grant.to("bot").tenant(tenant)));
        Answer rows =
            gate.get(
                "/v1/admin/audit/export?checkpoint=true&tenant="
                    + URLEncoder.encode(tenant, StandardCharsets.UTF_8),
                AUTH,
                SUPER);

        String apostrophe = "=+-@'".indexOf(tenant.charAt(0)) >= 0 ? "'" : "";
        assertThat(rows.text())
            .endsWith(",\"" + apostrophe + tenant.replace("\"", "\"\"") + "\"\n");
        assertThat(verify(Files.write(directory.resolve("rows.csv"), rows.body()), keys)).isZero();
      }
    }
  }

  private static int verify(Path file, Path keys) {
    return CommandRun.of("audit", "verify", file, "--key", keys).code();
  }

  @Test
  void aProofIsSignedOverItsEventsAsTheyAreOnTheChain() throws Exception {
    try (TestGate gate = TestGate.start(directory)) {
      gate.call("read_one", "X-Task-Id", "task-7");
      gate.call("read_two", "X-Task-Id", "task-8");

      Answer answer =
          gate.post("/v1/admin/proof-of-intent", "{\"session_id\":\"task-7\"}", AUTH, SUPER);

      assertThat(answer.status()).isEqualTo(200);
      JsonNode proof = TestGate.json(answer);
      assertThat(proof.at("/version").asText()).isEqualTo("poi-2");
      assertThat(proof.at("/entries")).hasSize(1);
      assertThat(proof.at("/entries/0/hash").asText()).isEqualTo(gate.events().get(0).hash());
      String text = answer.text().strip();
      String signed = text.substring(0, text.lastIndexOf(",\"signature\":")) + "}";
      assertThat(
              key(gate)
                  .verifies(
                      signed.getBytes(StandardCharsets.UTF_8), proof.at("/signature").asText()))
          .isTrue();
      String other = signed.replace("read_one", "read_two");
      assertThat(
              key(gate)
                  .verifies(
                      other.getBytes(StandardCharsets.UTF_8),
                      TestGate.json(answer).at("/signature").asText()))
          .isFalse();
    }
  }

  @Test
  void aProofSpeaksOfOneTenant() throws Exception {
    try (TestGate gate = TestGate.start(directory)) {
      for (String tenant : List.of("acme", "globex")) {
        String token = gate.mint(Grant.to("bot").tenant(tenant));
        gate.call("read_one", AUTH, "Bearer " + token, "X-Task-Id", "task-7");
      }
      String path = "/v1/admin/proof-of-intent";

      Answer mixed = gate.post(path, "{\"session_id\":\"task-7\"}", AUTH, SUPER);

      assertThat(mixed.status()).isEqualTo(400);
      assertThat(mixed.text()).contains("tenant is required").contains("acme, globex");
      JsonNode one =
          TestGate.json(
              gate.post(path, "{\"session_id\":\"task-7\",\"tenant\":\"acme\"}", AUTH, SUPER));
      assertThat(one.at("/tenant").asText()).isEqualTo("acme");
      assertThat(one.at("/entries")).hasSize(1);
    }
  }
}
