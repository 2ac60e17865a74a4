package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.cli.CommandRun;
import app.intentgate.server.exchange.StubServer;
import app.intentgate.server.exchange.StubServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line makes of a gate that refuses, fails, or is no gate at all. */
class GateRefusalsTest {
  @TempDir Path folder;
  private Path token;

  @BeforeEach
  void token() throws IOException {
    token = Files.writeString(folder.resolve("admin.token"), "hidden-word\n");
  }

  private static Reply reply(int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, Map.of("Content-Type", type), bytes, 0, false);
  }

  private CommandRun ask(Reply reply, String... words) throws IOException {
    List<Object> all = new ArrayList<>(List.of(words));
    try (StubServer server = new StubServer(request -> reply)) {
      all.addAll(List.of("--url", server.url(), "--admin-token-file", token));
      CommandRun ran = CommandRun.of(all.toArray());
      assertThat(ran.out() + ran.err()).doesNotContain("hidden-word");
      assertThat(server.seen())
          .allSatisfy(
              request ->
                  assertThat(request.headers())
                      .anyMatch(
                          header ->
                              header.getKey().equalsIgnoreCase("authorization")
                                  && header.getValue().equals("Bearer hidden-word")));
      return ran;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, 1, the gate refuses: why",
    "404, 1, the gate refuses: why",
    "409, 1, the gate refuses: why",
    "412, 1, the gate refuses: why",
    "422, 1, the gate refuses: why",
    "401, 3, the gate does not accept this token: why; check --admin-token-file",
    "403, 3, this operator may not do that: why;",
    "429, 4, too many failed sign-ins from here: why; wait a minute",
    "500, 4, cannot do that now: why",
    "503, 4, cannot do that now: why"
  })
  void a_refusal_ends_with_its_own_code_and_says_why_on_standard_error(
      int status, int code, String sentence) throws IOException {
    CommandRun ran = ask(reply(status, "application/json", "{\"error\":\"why\"}"), "kill", "list");
    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("intentgate: ").contains(sentence).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | text/html | <h1>nginx</h1> | 1",
        "502 | text/html | <h1>bad gateway</h1> | 4",
        "404 | application/json | [] | 1",
        "400 | application/json | {\"error\": | 1",
        "400 | application/json | {\"error\":null} | 1"
      })
  void a_refusal_that_says_nothing_is_told_by_its_status(
      int status, String type, String body, int code) throws IOException {
    CommandRun ran = ask(reply(status, type, body), "kill", "list");
    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.err()).contains("(HTTP " + status + ")").doesNotContain("<h1>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"text/html | <h1>welcome</h1>", "application/json | {", "application/json | [1]"})
  void what_is_no_answer_of_a_gate_is_no_success(String type, String body) throws IOException {
    CommandRun ran = ask(reply(200, type, body), "kill", "list");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("intentgate: no gate answers at http://127.0.0.1:");
  }

  @Test
  void what_a_gate_says_does_not_reach_the_terminal_as_commands() throws IOException {
    String hostile = "\\u001b]0;owned\\u0007\\nintentgate: all is well\\u202e";
    CommandRun ran =
        ask(
            reply(
                400,
                "application/json",
                "{\"error\":\""
                    + hostile
                    + "\",\"errors\":[{\"row\":1,\"col\":2,\"message\":\""
                    + hostile
                    + "\",\"code\":\"x\"},7]}"),
            "kill",
            "list");
    assertThat(ran.err().lines()).hasSize(2).noneMatch(line -> line.startsWith("intentgate: all"));
    assertThat(ran.err()).contains("  1:2: ").doesNotContain("\u001b").doesNotContain("\u202e");
    CommandRun listed =
        ask(
            reply(
                200,
                "application/json",
                "{\"kill_switch\":[{\"type\":\"agent\",\"reason\":\"" + hostile + "\"}]}"),
            "kill",
            "list");
    assertThat(listed.out().lines()).hasSize(5);
    assertThat(listed.out()).doesNotContain("\u001b").doesNotContain("\u202e");
  }

  @Test
  void everything_of_one_tenant_is_not_everything() throws IOException {
    List<String> words = List.of("kill", "engage", "--all", "--tenant", "acme", "--reason", "x");
    CommandRun engage = ask(reply(200, "application/json", "{}"), words.toArray(String[]::new));
    assertThat(engage.code()).isEqualTo(2);
    assertThat(engage.out()).isEmpty();
    assertThat(engage.err()).contains("say --whole-tenant");
    try (StubServer server = new StubServer(request -> reply(200, "application/json", "{}"))) {
      CommandRun release =
          CommandRun.of(
              "kill",
              "release",
              "--all",
              "--tenant",
              "acme",
              "--url",
              server.url(),
              "--admin-token-file",
              token);
      assertThat(release.code()).isEqualTo(2);
      assertThat(server.seen()).as("nothing was asked for").isEmpty();
    }
  }

  @Test
  void standard_input_is_not_a_policy_and_its_tests_at_once() throws IOException {
    CommandRun ran =
        ask(
            reply(200, "application/json", "{}"),
            "policy",
            "draft",
            "create",
            "-",
            "--tests",
            "-",
            "--name",
            "x");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("the policy or its tests, not both");
  }

  @Test
  void a_token_that_could_not_be_had_leaves_no_file_behind() throws IOException {
    Path out = folder.resolve("olga.token");
    CommandRun ran =
        ask(
            reply(403, "application/json", "{\"error\":\"no\"}"),
            "operator",
            "rotate",
            "ID",
            "--out",
            out.toString());
    assertThat(ran.code()).isEqualTo(3);
    assertThat(out).doesNotExist();
  }

  @Test
  void a_dry_run_whose_answer_ends_early_is_no_success() throws IOException {
    Path policy = Files.writeString(folder.resolve("p.rego"), "package p\n");
    String[] words = {"policy", "dry-run", policy.toString()};
    String progress = "{\"progress\":{\"evaluated\":1,\"total\":2}}\n";
    CommandRun cut = ask(reply(200, "application/x-ndjson", progress), words);
    assertThat(cut.code()).isEqualTo(4);
    assertThat(cut.err()).contains("1 of 2 calls", "ended the answer before the result");
    CommandRun failed =
        ask(reply(200, "application/x-ndjson", progress + "{\"error\":\"no\\u001b\"}\n"), words);
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("the gate refuses: no\\u001b");
    String blocking =
        "{\"result\":{\"summary\":{\"events_evaluated\":2,\"allow_to_block\":0},"
            + "\"safety_check\":{\"blocking\":true,\"findings\":[{\"severity\":\"high\","
            + "\"title\":\"t\",\"detail\":\"d\"}]}}}\n";
    CommandRun refused = ask(reply(200, "application/x-ndjson", blocking), words);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out())
        .contains("events_evaluated   2", "high: t: d")
        .doesNotContain("allow_to_block");
  }
}
