package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.PolicyDraft;
import app.intentgate.sdk.admin.PolicySlot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changing which policy is in force. */
final class PolicyChangeCommands {
  private PolicyChangeCommands() {}

  /** Which slot, and who. */
  abstract static class Change extends GateCommand {
    @Mixin private Slot slot = new Slot();

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "a name to write down; without it, who you are signed in as")
    @Nullable String by;

    Change() {}

    final String tenant() {
      return slot.tenant;
    }

    /** Says what is in force after a change, and warns of gates that are late. */
    final int inForce(PolicySlot slot) {
      JsonValue late = slot.json().get("not_loaded");
      if (late != null) {
        err().println("warning: not loaded yet by " + Cells.plain(Cells.text(late)));
      }
      JsonObject active = slot.json().get("active") instanceof JsonObject a ? a : JsonObject.EMPTY;
      String what =
          slot.currentDraftId().isEmpty()
              ? "the policy the gate started with"
              : named(slot.currentDraftId(), active.get("revision"), active.get("rego_sha256"));
      return done(
          slot.json(), slot.swapped() ? "in force: " + what : "this gate has not loaded it yet");
    }

    static String named(String id, @Nullable JsonValue revision, @Nullable JsonValue sha256) {
      return id + " revision " + Cells.text(revision) + " " + Cells.text(sha256);
    }
  }

  /** Puts into force. */
  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description = {
        "Put a draft into force, in the revision that is looked at now. Where two operators are"
            + " required this is refused: propose it."
      },
      footer = {"", "Example:", "  intentgate policy promote ID"})
  static final class Promote extends Change {
    @Parameters(paramLabel = "DRAFT", description = "the draft's id")
    private String id;

    @Option(
        names = "--revision",
        paramLabel = "N",
        converter = Counts.class,
        description = "not the last one, but this")
    private @Nullable Integer revision;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Promote() {}

    @Override
    int run(AdminClient gate) {
      PolicyDraft draft = PolicyDraftCommand.of(gate, id, revision);
      return inForce(gate.policies().promote(draft, by(gate, by), tenant()));
    }
  }

  /** Proposes. */
  @Command(
      name = "propose",
      mixinStandardHelpOptions = true,
      description = "Ask a second operator to put a draft into force, or to go back.",
      footer = {
        "",
        "Examples:",
        "  intentgate policy propose ID",
        "  intentgate policy propose --rollback"
      })
  static final class Propose extends Change {
    @Parameters(arity = "0..1", paramLabel = "DRAFT", description = "the draft's id")
    private @Nullable String id;

    @Option(
        names = "--revision",
        paramLabel = "N",
        converter = Counts.class,
        description = "not the last one, but this")
    private @Nullable Integer revision;

    @Option(
        names = "--rollback",
        arity = "0..1",
        fallbackValue = "",
        paramLabel = "TO",
        description = "go back: one step, to an id of the history, or to \"builtin\"")
    private @Nullable String rollback;

    @Option(names = "--clear", description = "go back to the default, as \"policy clear\" does")
    private boolean clear;

    Propose() {}

    @Override
    int run(AdminClient gate) {
      if ((id == null ? 0 : 1) + (rollback == null ? 0 : 1) + (clear ? 1 : 0) != 1) {
        throw new UsageException("propose a DRAFT, --rollback or --clear, one of them");
      }
      String name = by(gate, by);
      if (clear) {
        PolicySlot slot = gate.policies().proposeClear(name, tenant());
        return done(slot.json(), "proposed: back to the default");
      }
      if (rollback != null) {
        PolicySlot slot = gate.policies().proposeRollback(rollback, name, tenant());
        return done(slot.json(), "proposed: go back");
      }
      PolicyDraft draft = PolicyDraftCommand.of(gate, String.valueOf(id), revision);
      PolicySlot slot = gate.policies().propose(draft, name, tenant());
      return done(
          slot.json(),
          "proposed: "
              + named(draft.id(), draft.json().get("revision"), draft.json().get("rego_sha256")));
    }
  }

  /** Approves. */
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = {
        "Agree to what another operator proposed. Name the hash you looked at: when something else"
            + " waits, nothing happens. \"policy active\" shows what waits."
      },
      footer = {"", "Example:", "  intentgate policy approve --sha256 HASH"})
  static final class Approve extends Change {
    @Option(
        names = "--sha256",
        paramLabel = "HASH",
        description = "the proposed source's hash; needed where a draft is proposed")
    private String sha256 = "";

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Approve() {}

    @Override
    int run(AdminClient gate) {
      PolicySlot slot = gate.policies().active(tenant());
      if (sha256.isEmpty() && !slot.proposedDraftId().isEmpty()) {
        throw new UsageException("--sha256 names what you agree to; \"policy active\" shows it");
      }
      return inForce(gate.policies().approve(0, sha256, by(gate, by), tenant()));
    }
  }

  /** Rejects. */
  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "Refuse what was proposed; what is in force stays.")
  static final class Reject extends Change {
    Reject() {}

    @Override
    int run(AdminClient gate) {
      return done(gate.policies().reject(by(gate, by), tenant()).json(), "rejected");
    }
  }

  /** Goes back. */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description =
          "Go back to what was in force before. Where two operators are required: propose.",
      footer = {
        "",
        "Examples:",
        "  intentgate policy rollback",
        "  intentgate policy rollback --to builtin"
      })
  static final class Rollback extends Change {
    @Option(
        names = "--to",
        paramLabel = "ID",
        description = "an id of \"policy history\", or \"builtin\"; without it, one step")
    private String to = "";

    Rollback() {}

    @Override
    int run(AdminClient gate) {
      return inForce(gate.policies().rollback(to, by(gate, by), tenant()));
    }
  }

  /** Goes back to the default. */
  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description = {
        "Take a tenant's policy away: its calls are decided by the default's from now on. Where two"
            + " operators are required: propose --clear."
      },
      footer = {"", "Example:", "  intentgate policy clear --tenant acme"})
  static final class Clear extends GateCommand {
    @Mixin private Slot slot = new Slot();

    Clear() {}

    @Override
    int run(AdminClient gate) {
      PolicySlot cleared = gate.policies().clear(slot.tenant);
      return done(
          cleared.json(),
          cleared.swapped()
              ? "cleared: the default decides"
              : "nothing was changed: the default itself cannot be cleared, name a --tenant");
    }
  }
}
