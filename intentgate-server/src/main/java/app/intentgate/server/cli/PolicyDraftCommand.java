package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.PolicyDraft;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drafts of policies. */
@Command(
    name = "draft",
    mixinStandardHelpOptions = true,
    description = "Save policies on a running gate without putting them into force.",
    subcommands = {
      PolicyDraftCommand.Create.class,
      PolicyDraftCommand.ListAll.class,
      PolicyDraftCommand.Show.class,
      PolicyDraftCommand.Delete.class
    })
final class PolicyDraftCommand extends Group {
  PolicyDraftCommand() {}

  /** Saves one. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Save a policy as a draft, and print its id.",
        "",
        "It is refused when it does not compile or defines no decision. Warnings go to standard"
            + " error and are no obstacle; nor are red tests, until it is promoted."
      },
      footer = {
        "",
        "Example:",
        "  intentgate policy draft create --name payments payments.rego --tests payments_test.rego"
      })
  static final class Create extends GateCommand {
    @Parameters(paramLabel = "FILE", description = "the policy in Rego; - is standard input")
    private String file;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "what to call it")
    private String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
    private String description = "";

    @Option(names = "--tenant", paramLabel = "ID", description = "whose; without it, the default")
    private String tenant = "";

    @Option(names = "--tests", paramLabel = "FILE", description = "its tests, run when it is saved")
    private @Nullable String tests;

    @Option(names = "--require-tests", description = "it cannot be promoted while a test is red")
    private boolean requireTests;

    @Option(names = "--by", paramLabel = "NAME", description = "a name to write down as its author")
    private @Nullable String by;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Create() {}

    @Override
    int run(AdminClient gate) throws IOException {
      if (file.equals("-") && "-".equals(tests)) {
        throw new UsageException("standard input is the policy or its tests, not both");
      }
      JsonObject.Builder draft =
          JsonObject.builder().put("name", name).put("rego_source", Inputs.text(file));
      draft.put("description", description).put("tenant", tenant);
      draft.put("created_by", by(gate, by)).put("require_tests", requireTests);
      if (tests != null) {
        draft.put("tests_source", Inputs.text(tests));
      }
      PolicyDraft saved = gate.policies().create(draft.build());
      if (!json()) {
        remarks(saved.json());
      }
      return done(saved.json(), saved.id());
    }

    private void remarks(JsonObject saved) {
      if (saved.get("warnings") instanceof JsonArray warnings) {
        for (JsonValue warning : warnings) {
          if (warning instanceof JsonObject w) {
            err().println("warning: " + GateRefusal.problem(w));
          }
        }
      }
      JsonValue results = saved.get("test_results");
      if (results != null) {
        err().println("tests: " + Cells.plain(Cells.text(results)));
      }
    }
  }

  /** Lists. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List drafts, the last saved first.")
  static final class ListAll extends GateCommand {
    @Option(names = "--tenant", paramLabel = "ID", description = "of one tenant")
    private String tenant = "";

    @Mixin private Limit limit = new Limit();

    ListAll() {}

    @Override
    int run(AdminClient gate) {
      String query =
          tenant.isEmpty() ? "" : "&tenant=" + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
      return rows(
          gate.get("/v1/admin/policies/drafts?limit=" + limit.value + query),
          "drafts",
          Cells.of("id", "name", "tenant", "revision", "rego_sha256", "created_by", "updated_at"));
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Print a draft's source, and on standard error what else is known of it.")
  static final class Show extends GateCommand {
    @Parameters(paramLabel = "ID", description = "the draft")
    private String id;

    @Option(
        names = "--revision",
        paramLabel = "N",
        converter = Counts.class,
        description = "not the last one, but this")
    private @Nullable Integer revision;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Show() {}

    @Override
    int run(AdminClient gate) {
      PolicyDraft draft = of(gate, id, revision);
      if (!json()) {
        Cells.members(
            draft.json(),
            err(),
            "id",
            "name",
            "description",
            "tenant",
            "revision",
            "rego_sha256",
            "created_by",
            "updated_at",
            "require_tests",
            "test_results",
            "warnings");
        out().println(draft.regoSource().stripTrailing());
        return ExitCodes.OK;
      }
      return done(draft.json(), "");
    }
  }

  /** A draft, in a revision or in its last. */
  static PolicyDraft of(AdminClient gate, String id, @Nullable Integer revision) {
    return revision == null ? gate.policies().draft(id) : gate.policies().draft(id, revision);
  }

  /** Deletes one. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Delete a draft that is neither in force, nor was before, nor is proposed.")
  static final class Delete extends GateCommand {
    @Parameters(paramLabel = "ID", description = "the draft")
    private String id;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Delete() {}

    @Override
    int run(AdminClient gate) {
      gate.policies().delete(id);
      return done(JsonObject.of("id", JsonString.of(id)), "deleted " + id);
    }
  }
}
