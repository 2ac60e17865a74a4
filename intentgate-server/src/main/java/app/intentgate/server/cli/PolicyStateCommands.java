package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.sdk.admin.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which policy is in force, and which was. */
final class PolicyStateCommands {
  private PolicyStateCommands() {}

  /** Shows what is in force. */
  @Command(
      name = "active",
      mixinStandardHelpOptions = true,
      description = "Show what is in force, and what waits for a second operator.")
  static final class Active extends GateCommand {
    @Mixin private Slot slot = new Slot();

    Active() {}

    @Override
    int run(AdminClient gate) {
      JsonObject answer = gate.policies().active(slot.tenant).json();
      if (!json()) {
        Cells.members(
            answer, out(), "policy_label", "policy_sha256", "requires_approval", "source");
      }
      JsonObject active = answer.get("active") instanceof JsonObject a ? a : JsonObject.EMPTY;
      return one(
          json() ? answer : active,
          "current_draft_id",
          "revision",
          "promoted_at",
          "promoted_by",
          "approved_by",
          "proposed_action",
          "proposed_draft_id",
          "proposed_revision",
          "proposed_rego_sha256",
          "proposed_by",
          "proposed_principal",
          "proposed_at");
    }
  }

  /** Shows what was. */
  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description =
          "List what was in force when, newest first; ids are for \"policy rollback --to\".")
  static final class History extends GateCommand {
    @Mixin private Slot slot = new Slot();
    @Mixin private Limit limit = new Limit();

    @Option(names = "--cursor", paramLabel = "TEXT", description = "go on: an answer's next_cursor")
    private String cursor = "";

    History() {}

    @Override
    int run(AdminClient gate) {
      JsonObject page = gate.policies().history(slot.tenant, limit.value, cursor);
      int code =
          rows(
              page,
              "history",
              Cells.of("id", "action", "draft_id", "revision", "rego_sha256", "principal", "at"));
      if (!json() && page.get("next_cursor") != null) {
        err().println("more: --cursor " + Cells.plain(Cells.text(page.get("next_cursor"))));
      }
      return code;
    }
  }
}
