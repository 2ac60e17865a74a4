package app.intentgate.server.cli;

import app.intentgate.json.JsonValue;
import app.intentgate.operator.Role;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.IssuedOperator;
import app.intentgate.sdk.admin.OperatorRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Operators' accounts. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    description = "Make, list, renew and end the accounts of operators, on a running gate.",
    subcommands = {
      OperatorCommand.Create.class,
      OperatorCommand.ListAll.class,
      OperatorCommand.Rotate.class,
      OperatorCommand.Revoke.class,
      OperatorCommand.WhoAmI.class
    })
final class OperatorCommand extends Group {
  OperatorCommand() {}

  /** A command that ends with a token. */
  abstract static class Issuing extends GateCommand {
    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "write the token to this new file, mode 0600, instead of printing it")
    private @Nullable Path file;

    abstract IssuedOperator issue(AdminClient gate);

    @Override
    final int run(AdminClient gate) throws IOException {
      Path target = file;
      // Made first: a token that cannot be written is lost.
      if (target != null) {
        SecretFiles.create(target, "");
      }
      IssuedOperator issued;
      try {
        issued = issue(gate);
      } catch (RuntimeException e) {
        if (target != null) {
          Files.deleteIfExists(target);
        }
        throw e;
      }
      if (target != null) {
        Files.writeString(target, issued.token() + "\n");
        return done(
            issued.operator().json(),
            "the token of " + issued.operator().id() + " is in " + target);
      }
      if (json()) {
        var answer = issued.operator().json().toBuilder().put("token", issued.token()).build();
        return done(answer, "");
      }
      err().println("account " + issued.operator().id() + "; its token is shown this once:");
      out().println(issued.token());
      return ExitCodes.OK;
    }
  }

  /** Makes an account. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Make an account and its token. Nobody grants more than they have: neither a role above"
            + " their own nor a tenant they do not act in."
      },
      footer = {
        "",
        "Roles: a viewer reads, an operator also decides, halts and drafts, an admin also grants.",
        "",
        "Example:",
        "  intentgate operator create --name olga --role operator --tenant acme \\",
        "      --expires-in 90d --out olga.token"
      })
  static final class Create extends Issuing {
    @Option(names = "--name", required = true, paramLabel = "NAME", description = "who it is for")
    private String name;

    @Option(
        names = "--role",
        required = true,
        paramLabel = "viewer|operator|admin",
        description = "what they may do")
    private Role role;

    @Option(names = "--tenant", paramLabel = "ID", description = "the tenant; without it, all")
    private String tenant = "";

    @Option(
        names = "--subject",
        paramLabel = "AGENT",
        description = "the agent that is the same person, whose calls they may not approve")
    private String subject = "";

    @Option(
        names = "--expires-in",
        paramLabel = "DURATION",
        converter = Durations.class,
        description = "when it ends, such as 90d; without it, never")
    private @Nullable Duration expiresIn;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Create() {}

    @Override
    IssuedOperator issue(AdminClient gate) {
      Duration in = expiresIn;
      return gate.operators()
          .create(name, role, tenant, subject, in == null ? null : Instant.now().plus(in));
    }
  }

  /** Lists accounts. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the accounts you may see, and when each last signed in.")
  static final class ListAll extends GateCommand {
    ListAll() {}

    @Override
    int run(AdminClient gate) {
      return rows(
          gate.get("/v1/admin/operators"),
          "operators",
          Cells.of("id", "name", "role", "tenant", "expires_at", "last_used_at", "revoked_at"));
    }
  }

  /** Makes a new token. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Make a new token for an account; the old one ends, at once or after --grace.",
      footer = {"", "Example:", "  intentgate operator rotate ID --grace 1h --out olga.token"})
  static final class Rotate extends Issuing {
    @Parameters(paramLabel = "ID", description = "the account")
    private String id;

    @Option(
        names = "--grace",
        paramLabel = "DURATION",
        converter = Durations.class,
        description = "how long the old token works on, seven days at most")
    private Duration grace = Duration.ZERO;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Rotate() {}

    @Override
    IssuedOperator issue(AdminClient gate) {
      return gate.operators().rotate(id, grace);
    }
  }

  /** Ends an account. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "End an account; its token is not accepted from now on, on any gate.")
  static final class Revoke extends GateCommand {
    @Parameters(paramLabel = "ID", description = "the account")
    private String id;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Revoke() {}

    @Override
    int run(AdminClient gate) {
      OperatorRow ended = gate.operators().revoke(id);
      return done(ended.json(), "ended " + ended.id() + " (" + ended.name() + ")");
    }
  }

  /** Says who the caller is. */
  @Command(
      name = "whoami",
      mixinStandardHelpOptions = true,
      description = "Say who your token is, and what it may do.")
  static final class WhoAmI extends GateCommand {
    WhoAmI() {}

    @Override
    int run(AdminClient gate) {
      var who = gate.whoami();
      JsonValue tenant = who.get("tenant");
      return done(
          who,
          Cells.text(who.get("principal"))
              + ", "
              + Cells.text(who.get("role"))
              + (tenant == null ? " of all tenants" : " of " + Cells.text(tenant)));
    }
  }
}
