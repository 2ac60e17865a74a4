package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.BuiltInPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path folder;

  private String key() {
    String file = folder.resolve("master.key").toString();
    assertThat(CommandRun.of("key", "generate", "--out", file).code()).isZero();
    return file;
  }

  @Test
  void a_key_is_written_for_its_owner_alone_and_never_over_another() throws IOException {
    String file = key();
    assertThat(Files.getPosixFilePermissions(Path.of(file))).hasSize(2);
    String before = Files.readString(Path.of(file));
    CommandRun again = CommandRun.of("key", "generate", "--out", file);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists already");
    assertThat(Files.readString(Path.of(file))).isEqualTo(before);
  }

  @Test
  void a_token_is_minted_narrowed_and_verified_offline() {
    String key = key();
    String token =
        CommandRun.of(
                "token",
                "mint",
                "--key-file",
                key,
                "--subject",
                "bot",
                "--tools",
                "read_*,pay",
                "--ttl",
                "1h",
                "--max-calls",
                "5")
            .line();
    assertThat(CommandRun.of("token", "verify", "--key-file", key, "--tool", "pay", token).line())
        .isEqualTo("valid");
    String child =
        CommandRun.of("token", "attenuate", token, "--tools", "read_*", "--ttl", "5m").line();
    assertThat(
            CommandRun.of("token", "verify", "--key-file", key, "--tool", "read_a", child).code())
        .isZero();
    CommandRun refused =
        CommandRun.of("token", "verify", "--key-file", key, "--tool", "pay", child);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.line())
        .isEqualTo("not valid: caveat 5 (tool_allow): tool \"pay\" not in allowed set");
  }

  @Test
  void inspecting_shows_what_a_token_says_and_not_what_makes_it_usable() {
    String token = CommandRun.of("token", "mint", "--key-file", key(), "--subject", "bot").line();
    CommandRun inspected = CommandRun.of("token", "inspect", token);
    JsonObject shown = (JsonObject) JsonReader.parse(inspected.out());
    assertThat(shown.get("sub")).hasToString("\"bot\"");
    assertThat(shown.get("chain_id")).isNotNull();
    assertThat(shown.get("sig")).isNull();
  }

  @Test
  void a_changed_token_is_refused_as_json_too() {
    String key = key();
    String token = CommandRun.of("token", "mint", "--key-file", key, "--subject", "bot").line();
    CommandRun verdict =
        CommandRun.of("token", "verify", "--key-file", key, "--format", "json", token.substring(4));
    assertThat(verdict.code()).isEqualTo(1);
    assertThat(((JsonObject) JsonReader.parse(verdict.out())).get("ok")).hasToString("false");
  }

  @Test
  void a_policy_with_an_error_is_named_with_its_row() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.rego"), "package p\n\nallow if input.x ==\n");
    CommandRun checked = CommandRun.of("policy", "check", bad.toString());
    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.err())
        .contains("1 error occurred during loading: " + bad + ":")
        .contains("rego_parse_error");
    CommandRun json = CommandRun.of("policy", "check", "--format", "json", bad.toString());
    assertThat(JsonReader.parse(json.err())).isInstanceOf(JsonObject.class);
  }

  @Test
  void a_template_compiles_and_its_decision_is_evaluated() throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.rego"), BuiltInPolicies.template("value_threshold"));
    Path input =
        Files.writeString(
            folder.resolve("call.json"), "{\"tool\":\"pay_invoice\",\"args\":{\"amount\":5000}}");
    assertThat(CommandRun.of("policy", "check", policy.toString()).code()).isZero();
    CommandRun evaluated =
        CommandRun.of(
            "policy",
            "eval",
            "-d",
            policy.toString(),
            "-i",
            input.toString(),
            "data.intentgate.policy.decision.escalate");
    assertThat(evaluated.code()).isZero();
    assertThat(JsonReader.parse(evaluated.out()).toString())
        .contains("\"result\":[{\"expressions\":[{\"value\":true");
  }

  @Test
  void an_undefined_query_prints_an_empty_object_and_fails_only_when_asked_to() {
    assertThat(CommandRun.of("policy", "eval", "data.nothing").line()).isEqualTo("{}");
    assertThat(CommandRun.of("policy", "eval", "data.nothing").code()).isZero();
    assertThat(CommandRun.of("policy", "eval", "--fail", "data.nothing").code()).isEqualTo(1);
  }

  @Test
  void data_of_a_folder_stands_under_its_path() throws IOException {
    Files.createDirectories(folder.resolve("d/users"));
    Files.writeString(folder.resolve("d/users/roles.json"), "{\"ann\": [\"admin\"]}");
    Files.writeString(folder.resolve("d/top.json"), "{\"limit\": 5}");
    CommandRun run =
        CommandRun.of(
            "policy", "eval", "-d", folder.resolve("d").toString(), "x = data.users.ann[_]");
    assertThat(JsonReader.parse(run.out()).toString()).contains("\"bindings\":{\"x\":\"admin\"}");
    assertThat(
            CommandRun.of("policy", "eval", "-d", folder.resolve("d").toString(), "data.limit")
                .out())
        .contains("5");
  }

  @Test
  void an_audit_file_is_verified_and_a_change_is_found() throws IOException {
    Path log = folder.resolve("audit.jsonl");
    try (FileAuditStore store = FileAuditStore.open(log)) {
      for (int i = 0; i < 5; i++) {
        store
            .append(
                AuditEvent.builder()
                    .at(Instant.parse("2026-01-01T00:00:00Z"))
                    .decision(AuditDecision.ALLOW)
                    .tool("read_" + i)
                    .build())
            .toCompletableFuture()
            .join();
      }
    }
    CommandRun intact = CommandRun.of("audit", "verify", log.toString());
    assertThat(intact.code()).isZero();
    assertThat(intact.out()).contains("intact: 5 events");
    Path copy = folder.resolve("copy.jsonl");
    Files.writeString(copy, Files.readString(log).replace("read_2", "read_X"));
    CommandRun broken = CommandRun.of("audit", "verify", "--format", "json", copy.toString());
    assertThat(broken.code()).isEqualTo(1);
    assertThat(JsonReader.parse(broken.out()).toString())
        .contains("\"ok\":false")
        .contains("\"line\":3");
    assertThat(CommandRun.of("audit", "verify", folder.resolve("none").toString()).code())
        .isEqualTo(2);
  }

  @Test
  void wrong_words_are_told_what_would_be_right() {
    assertThat(CommandRun.of("tokn").code()).isEqualTo(2);
    assertThat(CommandRun.of("token").err()).contains("which of the commands");
    assertThat(CommandRun.of("token", "mint").err()).contains("--subject");
    assertThat(CommandRun.of("token", "mint", "--subject", "x", "--ttl", "soon").err())
        .contains("90s, 15m, 1h30m or 7d");
    assertThat(CommandRun.of("token", "attenuate", "abc").err()).contains("nothing to restrict");
  }

  @Test
  void help_teaches() {
    assertThat(CommandRun.of("--help").out()).contains("intentgate demo").contains("Exit codes");
    assertThat(CommandRun.of("token", "mint", "--help").out()).contains("Example:");
    assertThat(CommandRun.of("--version").out()).startsWith("intentgate ");
  }
}
