package app.intentgate.server.cli;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.sdk.admin.AdminClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stopping agents at once. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Stop an agent, a tenant or everything at once, on every gate; let go again.",
    subcommands = {KillCommand.Engage.class, KillCommand.Release.class, KillCommand.ListAll.class})
final class KillCommand extends Group {
  private static final JsonObject OK = JsonObject.of("ok", JsonBoolean.TRUE);

  KillCommand() {}

  /** What is stopped. */
  static final class What {
    @Option(names = "--all", required = true, description = "every call of every tenant")
    private boolean all;

    @Option(names = "--agent", required = true, paramLabel = "ID", description = "one agent")
    private @Nullable String agent;

    @Option(names = "--whole-tenant", required = true, description = "every agent of --tenant")
    private boolean tenant;

    What() {}

    Scope scope() {
      return all ? Scope.GLOBAL : tenant ? Scope.TENANT : Scope.AGENT;
    }

    String agent() {
      return agent == null ? "" : agent;
    }
  }

  /** Where it is. */
  abstract static class About extends GateCommand {
    @ArgGroup(multiplicity = "1")
    What what = new What();

    @Option(names = "--tenant", paramLabel = "ID", description = "the tenant; without it, your own")
    String tenant = "";

    /**
     * What is stopped, or let go.
     *
     * @throws UsageException for everything of one tenant: either word alone means something else
     */
    final Scope scope() {
      Scope scope = what.scope();
      if (scope == Scope.GLOBAL && !tenant.isEmpty()) {
        throw new UsageException(
            "--all is every tenant's; with --tenant, say --whole-tenant for all that are its own");
      }
      return scope;
    }

    final String words() {
      String where = tenant.isEmpty() ? "" : " of tenant " + tenant;
      return switch (what.scope()) {
        case GLOBAL -> "everything";
        case TENANT -> "every agent" + where;
        case AGENT -> "agent " + what.agent() + where;
      };
    }
  }

  /** Stops. */
  @Command(
      name = "engage",
      mixinStandardHelpOptions = true,
      description = "Stop: calls are refused from now on, held ones when they are released.",
      footer = {
        "",
        "Example:",
        "  intentgate kill engage --agent invoice-agent --tenant acme --reason 'loops'"
      })
  static final class Engage extends About {
    @Mixin private Reason reason = new Reason();

    Engage() {}

    @Override
    int run(AdminClient gate) {
      switch (scope()) {
        case GLOBAL -> gate.killSwitches().stopAll(reason.text);
        case TENANT -> gate.killSwitches().stopTenant(tenant, reason.text);
        case AGENT -> gate.killSwitches().stopAgent(tenant, what.agent(), reason.text);
      }
      return done(OK, "stopped " + words());
    }
  }

  /** Lets go. */
  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Let go again of what was stopped, named as it was.")
  static final class Release extends About {
    Release() {}

    @Override
    int run(AdminClient gate) {
      gate.killSwitches().release(scope(), tenant, what.agent());
      return done(OK, "released " + words());
    }
  }

  /** Lists. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "List what is stopped.")
  static final class ListAll extends GateCommand {
    ListAll() {}

    @Override
    int run(AdminClient gate) {
      return rows(
          gate.get("/v1/admin/kill-switch"),
          "kill_switch",
          Cells.of("type", "tenant", "value", "reason", "set_at", "set_by"));
    }
  }
}
