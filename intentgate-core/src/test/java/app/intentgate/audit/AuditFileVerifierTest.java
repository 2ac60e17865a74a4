package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Result;
import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileVerifierTest {
  private final List<StoredEvent> events = new RandomEvents(50).chained(200);

  private static Result verify(String lines, Form form) {
    byte[] file = lines.getBytes(StandardCharsets.UTF_8);
    try {
      return AuditFileVerifier.verify(
          new ByteArrayInputStream(file), form, List.of(), (bytes, count) -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String lines() {
    return events.stream().map(e -> EventJson.text(e) + "\n").collect(Collectors.joining());
  }

  @Test
  void everyTenantsChainIsVerified(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("export.ndjson"), lines());
    List<Long> progress = new ArrayList<>();

    Result result =
        AuditFileVerifier.verify(file, Form.EXACT, List.of(), (bytes, n) -> progress.add(bytes));

    assertThat(result.broken()).isNull();
    assertThat(result.events()).isEqualTo(200);
    assertThat(result.bytes()).isEqualTo(Files.size(file));
    assertThat(result.chains())
        .extracting(VerificationReport::chain)
        .containsExactly("acme", "default", "globex", "tenánt-ß");
    assertThat(result.chains()).allMatch(VerificationReport::ok);
    assertThat(result.chains().stream().mapToLong(VerificationReport::verified).sum())
        .isEqualTo(200);
    assertThat(progress).last().isEqualTo(Files.size(file));
  }

  @Test
  void anotherProgramsCopyIsReadForWhatItSays() {
    StringBuilder copy = new StringBuilder();
    for (StoredEvent event : events) {
      JsonObject json = (JsonObject) JsonReader.parse(EventJson.bytes(event));
      JsonObject.Builder reversed = JsonObject.builder();
      for (int i = json.size() - 1; i >= 0; i--) {
        reversed.put(json.keyAt(i), json.valueAt(i));
      }
      copy.append(' ').append(JsonWriter.toText(reversed.build())).append("\r\n");
    }

    assertThat(verify(copy.toString(), Form.ANY_JSON).broken()).isNull();
    BrokenEvent broken = verify(copy.toString(), Form.EXACT).broken();
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    assertThat(broken.line()).isEqualTo(1);
  }

  @Test
  void aChangedCopyIsBrokenInAnyForm() {
    String changed =
        lines().replaceFirst("\"latency_ms\":", "\"latency_ms\": 1").replace(": 10,", ":1 ,");

    BrokenEvent broken = verify(changed, Form.ANY_JSON).broken();

    assertThat(broken).isNotNull();
    assertThat(broken.line()).isEqualTo(1);
  }

  @Test
  void aTornLastLineIsABreak() {
    String lines = lines();

    BrokenEvent broken = verify(lines.substring(0, lines.length() - 1), Form.EXACT).broken();

    assertThat(broken).isNotNull();
    assertThat(broken.detail()).contains("torn");
    assertThat(broken.line()).isEqualTo(200);
  }

  @Test
  void whatIsNoAuditFileIsUnreadable() {
    for (String text : List.of("hello\n", "\n", "{}\n", "null\n", "\u0000")) {
      BrokenEvent broken = verify(text, Form.ANY_JSON).broken();
      assertThat(broken).as(text).isNotNull();
      assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    }
    assertThat(verify("", Form.EXACT).ok()).isTrue();
  }

  @Test
  void aChainOfSchema7VerifiesWithoutNumbers() {
    List<StoredEvent> chain = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      AuditEvent event =
          AuditEvent.builder()
              .stored(AuditField.SCHEMA_VERSION, AuditEvent.SCHEMA_7)
              .at(RandomEvents.call("").build().at())
              .decision(AuditDecision.BLOCK)
              .tenant("old")
              .latencyMs(i)
              .build();
      chain.add(AuditChain.link(event, 0, i == 0 ? "" : chain.get(i - 1).hash()));
    }
    // A gate that takes the chain over goes on with events of schema 8.
    chain.add(
        AuditChain.link(RandomEvents.call("old").build(), 21, chain.get(chain.size() - 1).hash()));
    List<String> lines = new ArrayList<>(chain.stream().map(EventJson::text).toList());

    assertThat(verify(String.join("\n", lines) + "\n", Form.EXACT).broken()).isNull();

    lines.remove(7);
    BrokenEvent broken = verify(String.join("\n", lines) + "\n", Form.EXACT).broken();
    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNLINKED);
    assertThat(broken.line()).isEqualTo(8);
  }

  @Test
  void aMemberThatSchema7DoesNotHashIsNotTakenOnTrust() {
    AuditEvent event =
        AuditEvent.builder()
            .stored(AuditField.SCHEMA_VERSION, AuditEvent.SCHEMA_7)
            .at(RandomEvents.call("").build().at())
            .decision(AuditDecision.ALLOW)
            .principal("superadmin")
            .build();

    BrokenEvent broken =
        verify(EventJson.text(AuditChain.link(event, 0, "")) + "\n", Form.EXACT).broken();

    assertThat(broken).isNotNull();
    assertThat(broken.detail()).contains("principal");
  }

  @Test
  void aRowWithoutADecisionIsABreakOfACopy() {
    List<String> rows = new ArrayList<>(lines().lines().toList());
    rows.set(2, " " + rows.get(2).replaceFirst("\"decision\":\"[a-z]+\"", "\"decision\":\"\""));

    BrokenEvent broken = verify(String.join("\n", rows) + "\n", Form.ANY_JSON).broken();

    assertThat(broken).isNotNull();
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    assertThat(broken.line()).isEqualTo(3);
  }

  @Test
  void checkpointsWithoutEndAreABreakAndAreNotKept() throws IOException {
    byte[] line = ("{\"checkpoint\":" + "x".repeat((1 << 20) - 15) + "\n").getBytes(UTF_8);
    List<InputStream> file = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      file.add(new ByteArrayInputStream(line));
    }

    Result result =
        AuditFileVerifier.verify(
            new SequenceInputStream(Collections.enumeration(file)),
            Form.EXACT,
            List.of(),
            (bytes, count) -> {});

    assertThat(result.trailers().size()).isEqualTo(64); // a failure would print them
    assertThat(result.events()).isZero();
    BrokenEvent broken = result.broken();
    assertThat(broken).isNotNull();
    assertThat(broken.detail()).contains("more checkpoints");
    assertThat(broken.line()).isEqualTo(65);
  }
}
