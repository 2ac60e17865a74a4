package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.ApprovalRow;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls that wait for a person. */
@Command(
    name = "approval",
    mixinStandardHelpOptions = true,
    description = "List, decide and follow the calls that wait for a person, on a running gate.",
    subcommands = {
      ApprovalCommand.ListAll.class,
      ApprovalCommand.Show.class,
      ApprovalCommand.Approve.class,
      ApprovalCommand.Reject.class,
      ApprovalCommand.Watch.class
    })
final class ApprovalCommand extends Group {
  private static final String[] MEMBERS = {
    "pending_id",
    "status",
    "tenant",
    "agent_id",
    "user_subject",
    "tool",
    "args",
    "reason",
    "created_at",
    "expires_at",
    "by",
    "approvals_needed",
    "approvals",
    "standing",
    "decided_by",
    "decided_by_principal",
    "used_at",
    "void_reason"
  };

  ApprovalCommand() {}

  /** Lists. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List them, newest first: those that wait, unless --status says otherwise.")
  static final class ListAll extends GateCommand {
    @Option(
        names = "--status",
        paramLabel = "pending|approved|rejected|timeout|all",
        description = "which; pending unless given")
    private String status = "pending";

    @Mixin private WhoseCalls whose = new WhoseCalls();
    @Mixin private Limit limit = new Limit();

    ListAll() {}

    @Override
    int run(AdminClient gate) {
      StringBuilder path = new StringBuilder("/v1/admin/approvals?limit=").append(limit.value);
      with(path, "status", status.equals("all") ? "" : status);
      with(path, "tenant", whose.tenant);
      with(path, "tool", whose.tool);
      with(path, "agent_id", whose.agent);
      return rows(
          gate.get(path.toString()),
          "approvals",
          Cells.of("pending_id", "status", "tenant", "agent_id", "tool", "args", "reason"));
    }

    private static void with(StringBuilder path, String name, String value) {
      if (!value.isEmpty()) {
        String escaped = URLEncoder.encode(value, StandardCharsets.UTF_8);
        path.append('&').append(name).append('=').append(escaped);
      }
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Show one: what would be called, with which arguments, and why you are asked.")
  static final class Show extends GateCommand {
    @Parameters(paramLabel = "ID", description = "its pending_id")
    private String id;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Show() {}

    @Override
    int run(AdminClient gate) {
      return one(gate.approvals().get(id).json(), MEMBERS);
    }
  }

  /** A decision. */
  abstract static class Deciding extends GateCommand {
    @Parameters(paramLabel = "ID", description = "its pending_id")
    String id;

    @Option(names = "--note", paramLabel = "TEXT", description = "why, for the audit log")
    String note = "";

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "a name to write down; what counts is who signed in")
    @Nullable String by;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Deciding() {}

    final int tell(ApprovalRow row) {
      JsonObject json = row.json();
      return done(
          json,
          row.isPending()
              ? "agreed; others have to agree too ("
                  + Cells.text(json.get("approvals_needed"))
                  + ")"
              : row.status() + ": " + row.agentId() + " calls " + row.tool());
    }
  }

  /** Agrees. */
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Agree to a call: it may be made once, exactly as it was asked for.")
  static final class Approve extends Deciding {
    Approve() {}

    @Override
    int run(AdminClient gate) {
      return tell(gate.approvals().approve(id, by(gate, by), note));
    }
  }

  /** Refuses. */
  @Command(name = "reject", mixinStandardHelpOptions = true, description = "Refuse a call.")
  static final class Reject extends Deciding {
    Reject() {}

    @Override
    int run(AdminClient gate) {
      return tell(gate.approvals().reject(id, by(gate, by), note));
    }
  }

  /** Follows. */
  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = {
        "Follow them until interrupted: first those that wait, then every change, one a line.",
        "",
        "Goes on by itself where it stopped when the connection breaks. A line may come twice."
      })
  static final class Watch extends GateCommand {
    @Option(names = "--tenant", paramLabel = "ID", description = "of one tenant")
    private String tenant = "";

    @Option(
        names = "--count",
        paramLabel = "N",
        converter = Counts.OfEvents.class,
        description = "end after so many")
    private long count = Long.MAX_VALUE;

    Watch() {}

    @Override
    int run(AdminClient gate) throws IOException {
      return new Following(lastId -> gate.approvals().follow(tenant, lastId), err())
          .run(
              count,
              "",
              event ->
                  follow(
                      json()
                          ? Following.named(event)
                          : Following.line(
                              event, "pending_id", "tenant", "agent_id", "tool", "args")));
    }
  }
}
