package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.cli.CommandRun;
import app.intentgate.testing.FreePort;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line against a gate over HTTP. */
class GateCommandsTest {
  private static final String POLICY =
      """
      package intentgate.policy
      import rego.v1
      default decision := {"allow": false, "reason": "not on the list"}
      decision := {"allow": true, "reason": "reading"} if startswith(input.tool, "read_")
      decision := {"allow": false, "escalate": true, "reason": "a person decides"} if {
        input.tool == "pay"
      }
      """;

  @TempDir Path directory;
  private TestGate gate;
  private Path admin;

  @BeforeEach
  void start() throws IOException {
    gate = TestGate.start(directory.resolve("gate"), "APPROVAL_ASYNC", "true");
    admin = Files.writeString(directory.resolve("admin.token"), TestGate.ADMIN + "\n");
  }

  @AfterEach
  void end() {
    gate.close();
  }

  private CommandRun as(Path token, String... words) {
    return at("http://127.0.0.1:" + gate.port(), token, words);
  }

  private static CommandRun at(String url, Path token, String... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", url, "--admin-token-file", token));
    return CommandRun.of(all.toArray());
  }

  private CommandRun ok(String... words) {
    CommandRun ran = as(admin, words);
    assertThat(ran.code()).as("%s: %s%s", List.of(words), ran.out(), ran.err()).isZero();
    return ran;
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String id(String listing, String member) throws IOException {
    var rows = app.intentgate.server.exchange.Vectors.JSON.readTree(listing);
    return rows.get(member).get(0).get(member.equals("approvals") ? "pending_id" : "id").asText();
  }

  @Test
  void operatorsAreMadeRenewedAndEnded() throws IOException {
    Path olga = directory.resolve("olga.token");
    ok(
        "operator",
        "create",
        "--name",
        "olga",
        "--role",
        "operator",
        "--tenant",
        "acme",
        "--expires-in",
        "1d",
        "--out",
        olga.toString());
    if (olga.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(olga)))
          .isEqualTo("rw-------");
    }
    assertThat(as(olga, "operator", "whoami").out()).contains("operator of acme");
    String id = id(ok("operator", "list", "--format", "json").out(), "operators");

    Path next = directory.resolve("next.token");
    ok("operator", "rotate", id, "--out", next.toString());
    CommandRun old = as(olga, "operator", "whoami");
    assertThat(old.code()).isEqualTo(3);
    assertThat(old.err()).contains("does not accept this token").contains("--admin-token-file");
    assertThat(as(next, "operator", "whoami").code()).isZero();

    assertThat(ok("operator", "revoke", id).out()).contains("ended " + id);
    assertThat(as(next, "operator", "whoami").code()).isEqualTo(3);
  }

  @Test
  void aTokenFileThatExistsIsKeptAndNoAccountIsMade() throws IOException {
    Path there = Files.writeString(directory.resolve("there"), "mine");
    CommandRun ran =
        as(
            admin,
            "operator",
            "create",
            "--name",
            "x",
            "--role",
            "viewer",
            "--out",
            there.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(Files.readString(there)).isEqualTo("mine");
    assertThat(ok("operator", "list").out()).isEqualTo("none" + System.lineSeparator());
  }

  @Test
  void refusalsSayWhatToDoAndHaveExitCodesOfTheirOwn() throws IOException {
    Path viewer = directory.resolve("viewer.token");
    ok("operator", "create", "--name", "v", "--role", "viewer", "--out", viewer.toString());
    CommandRun forbidden = as(viewer, "kill", "engage", "--all", "--reason", "x");
    assertThat(forbidden.code()).isEqualTo(3);
    assertThat(forbidden.err()).contains("may not do that").contains("operator whoami");

    int free = FreePort.next();
    CommandRun nobody = at("http://127.0.0.1:" + free, admin, "kill", "list");
    assertThat(nobody.code()).isEqualTo(4);
    assertThat(nobody.err()).contains("no gate answers at http://127.0.0.1:" + free);

    CommandRun unknown = as(admin, "policy", "promote", "no-such-draft");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("the gate refuses");

    CommandRun empty = as(Files.writeString(directory.resolve("empty"), "\n"), "kill", "list");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(as(directory.resolve("absent"), "kill", "list").err()).contains("does not exist");
    assertThat(as(admin, "kill", "engage", "--reason", "x").code()).isEqualTo(2);
  }

  @Test
  void aTokenOverANetworkInTheClearIsWarnedOf() {
    CommandRun ran = at("http://gate.invalid:1", admin, "kill", "list");
    assertThat(ran.err()).contains("in the clear; use https://");
    assertThat(ok("kill", "list").err()).isEmpty();
  }

  @Test
  void aPolicyIsSavedTriedPromotedAndTakenBack() throws IOException {
    gate.call("read_x", "Authorization", "Bearer " + gate.mint(Grant.to("agent")));
    gate.call("pay", "Authorization", "Bearer " + gate.mint(Grant.to("agent")));
    String rego = file("p.rego", POLICY);
    String draft = ok("policy", "draft", "create", rego, "--name", "first").line();
    assertThat(ok("policy", "draft", "list").out()).contains(draft, "first");
    CommandRun shown = ok("policy", "draft", "show", draft);
    assertThat(shown.out()).isEqualToIgnoringNewLines(POLICY);
    assertThat(shown.err()).contains("rego_sha256");

    CommandRun tried = as(admin, "policy", "dry-run", "--draft", draft, "--explain");
    assertThat(tried.out()).contains("events_evaluated   2", "pay", "a person decides");
    assertThat(tried.err()).contains("2 of 2 calls");
    assertThat(as(admin, "policy", "dry-run", rego, "--draft", draft).code()).isEqualTo(2);

    assertThat(ok("policy", "promote", draft).out()).contains("in force: " + draft + " revision 1");
    assertThat(ok("policy", "active").out()).contains(draft).contains("promoted_by");
    assertThat(ok("policy", "history").out()).contains("promote", draft, "superadmin");
    CommandRun used = as(admin, "policy", "draft", "delete", draft);
    assertThat(used.code()).isEqualTo(1);
    assertThat(ok("policy", "rollback").out()).contains("the policy the gate started with");
  }

  @Test
  void aTenantsPolicyIsClearedAndTheDefaultIsNot() throws IOException {
    String rego = file("p.rego", POLICY);
    String draft =
        ok("policy", "draft", "create", rego, "--name", "first", "--tenant", "acme").line();
    ok("policy", "promote", draft, "--tenant", "acme");
    assertThat(ok("policy", "clear", "--tenant", "acme").out()).contains("the default decides");
    assertThat(ok("policy", "active", "--tenant", "acme").out()).doesNotContain(draft);
    assertThat(ok("policy", "clear").out()).contains("nothing was changed");
    assertThat(as(admin, "policy", "propose", "--clear", "--rollback").code()).isEqualTo(2);
    assertThat(ok("policy", "propose", "--clear", "--tenant", "acme").out()).contains("proposed");
  }

  @Test
  void regoThatDoesNotCompileIsShownWithRowAndColumn() throws IOException {
    String broken = file("broken.rego", "package intentgate.policy\ndecision := {\n");
    CommandRun ran = as(admin, "policy", "draft", "create", broken, "--name", "x");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("rego_parse_error").containsPattern("\\d+:\\d+: ");
  }

  @Test
  void aCallIsApprovedOnceAndFollowed() throws IOException {
    String draft =
        ok("policy", "draft", "create", file("p.rego", POLICY), "--name", "first").line();
    ok("policy", "promote", draft);
    String bearer = "Bearer " + gate.mint(Grant.to("agent"));
    assertThat(gate.call("pay", "Authorization", bearer).text()).contains("-32019");
    String id = id(ok("approval", "list", "--format", "json").out(), "approvals");
    assertThat(ok("approval", "watch", "--count", "1").out()).contains("pending", id);
    assertThat(ok("approval", "show", id).out()).contains("a person decides");

    assertThat(ok("approval", "approve", id, "--note", "seen").out())
        .isEqualToIgnoringNewLines("approved: agent calls pay\n");
    CommandRun again = as(admin, "approval", "reject", id);
    assertThat(again.code()).isEqualTo(1);
    assertThat(gate.call("pay", "Authorization", bearer).header("X-IntentGate-Decision"))
        .isEqualTo("allow");
    assertThat(ok("approval", "list", "--tool", "nothing").out()).contains("none");
  }

  @Test
  void tokensAreRevokedAndAgentsStopped() {
    CapabilityToken token = gate.server().gate().mint(Grant.to("agent").tenant("acme"));
    ok("token", "revoke", token.id(), "--reason", "lost");
    assertThat(ok("token", "revoked").out()).contains(token.id(), "lost");
    String listed = ok("token", "list", "--tenant", "acme", "--agent", "agent").out();
    assertThat(listed).contains(token.id(), "true").doesNotContain(token.encode());
    assertThat(ok("token", "list", "--agent", "nobody").out()).contains("none");

    ok("kill", "engage", "--agent", "agent", "--tenant", "acme", "--reason", "loops");
    assertThat(ok("kill", "list").out()).contains("agent", "acme", "loops");
    ok("kill", "release", "--agent", "agent", "--tenant", "acme");
    assertThat(ok("kill", "list").out()).contains("none");
    ok("kill", "engage", "--all", "--reason", "x");
    ok("kill", "release", "--all");
  }

  @Test
  void theLogIsAskedFollowedAndTakenAway() throws Exception {
    String bearer = "Bearer " + gate.mint(Grant.to("agent"));
    gate.call("read_x", "Authorization", bearer);
    assertThat(ok("audit", "query", "--agent", "agent").out()).contains("read_x", "allow");
    assertThat(ok("audit", "query", "--limit", "1", "--format", "json").line())
        .startsWith("{")
        .doesNotContain("\n");

    Path log = directory.resolve("log.ndjson");
    ok("audit", "export", log.toString(), "--checkpoint");
    assertThat(Files.readString(log)).contains("read_x", "\"checkpoint\"");
    assertThat(as(admin, "audit", "export", log.toString()).code()).isEqualTo(2);
    CommandRun verified = CommandRun.of("audit", "verify", log);
    assertThat(verified.code()).as("%s", verified).isZero();

    var tail =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> as(admin, "audit", "tail", "--count", "1", "--tenant", "default"),
            task -> new Thread(task, "tail").start());
    while (!tail.isDone()) {
      // Until the follower is connected nothing of these reaches it.
      gate.call("read_y", "Authorization", bearer);
    }
    assertThat(tail.get().out()).contains("read_y");
  }

  @Test
  void whatAnAgentWroteDoesNotReachATerminalAsControlCharacters() {
    String bearer = "Bearer " + gate.mint(Grant.to("agent"));
    gate.call("read_\\u001b[31mred\\u202e", "Authorization", bearer);
    assertThat(ok("audit", "query", "--agent", "agent").out())
        .contains("read_\\u001b[31mred\\u202e")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator create",
        "operator list",
        "operator rotate",
        "operator revoke",
        "operator whoami",
        "policy draft create",
        "policy draft list",
        "policy draft show",
        "policy draft delete",
        "policy dry-run",
        "policy promote",
        "policy propose",
        "policy approve",
        "policy reject",
        "policy rollback",
        "policy clear",
        "policy history",
        "policy active",
        "approval list",
        "approval show",
        "approval approve",
        "approval reject",
        "approval watch",
        "token revoke",
        "token revoked",
        "token list",
        "audit query",
        "audit tail",
        "audit export",
        "kill engage",
        "kill release",
        "kill list"
      })
  void everyCommandHasHelpAndTakesNoTokenAsAnArgument(String command) {
    CommandRun help = CommandRun.of((Object[]) (command + " --help").split(" "));
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("--url", "--admin-token-file", "INTENTGATE_ADMIN_TOKEN", "--format")
        .doesNotContainPattern("--(admin-)?token[ =]");
  }
}
