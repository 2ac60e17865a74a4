package app.intentgate.server.cli;

import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.CheckpointKeys;
import app.intentgate.audit.checkpoint.ExportTrailers;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Audit logs. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Verify audit logs, without a running gate; query, follow and export the log of one."
    },
    subcommands = {
      AuditCommand.Verify.class,
      AuditKeyCommand.class,
      AuditGateCommands.Query.class,
      AuditGateCommands.Tail.class,
      AuditExportCommand.class
    })
final class AuditCommand extends Group {
  AuditCommand() {}

  /** Verifies a file. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Verify the hash chains of an audit file: a gate's audit.jsonl, or an export as JSON"
            + " lines.",
        "",
        "Says of each chain how many events hold, and of the first that does not, which and how."
            + " A file alone cannot show that its newest events were cut off, or that all of it"
            + " was written anew: checkpoints saved elsewhere can.",
        "",
        "Exits with 0 when all is intact, 1 when a chain is broken, 2 when the file cannot be read."
      },
      footer = {
        "",
        "Examples:",
        "  intentgate audit verify intentgate-data/audit.jsonl",
        "  intentgate audit verify export.ndjson --checkpoint saved.txt --key keys.txt"
      })
  static final class Verify implements Callable<Integer> {
    @Option(names = "--format", paramLabel = "text|json", description = "how to print the result")
    private Format format = Format.TEXT;

    @Option(
        names = "--any-json",
        description = "the file was rewritten by another program: read it for what it says")
    private boolean anyJson;

    @Option(
        names = "--checkpoint",
        paramLabel = "NOTES",
        description =
            "signed checkpoints saved elsewhere: the log must reach each, with the same hash")
    private @Nullable Path checkpoints;

    @Option(
        names = "--key",
        paramLabel = "KEYS",
        description = "the public keys that may have signed them, one a line")
    private @Nullable Path keys;

    @Option(names = "--quiet", description = "no progress on standard error")
    private boolean quiet;

    @Parameters(paramLabel = "FILE", description = "the file to verify")
    private Path file;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway") // picocli sets what is annotated
    Verify() {}

    @Override
    public Integer call() throws Exception {
      CheckpointKeys trusted = trusted();
      PrintWriter err = spec.commandLine().getErr();
      boolean progress = !quiet && format == Format.TEXT;
      AuditFileVerifier.Result result =
          AuditFileVerifier.verify(
              file,
              anyJson ? Form.ANY_JSON : Form.EXACT,
              remembered(trusted),
              (bytes, events) -> {
                if (progress) {
                  err.print("\r" + events + " events");
                  err.flush();
                }
              });
      if (progress) {
        err.println();
      }
      PrintWriter out = spec.commandLine().getOut();
      List<String> problems = ExportTrailers.problems(result, trusted);
      if (format == Format.JSON) {
        out.println(JsonWriter.toText(json(result, problems)));
      } else {
        text(result, out);
        problems.forEach(problem -> out.println("BROKEN: " + problem));
      }
      return result.ok() && problems.isEmpty() ? ExitCodes.OK : ExitCodes.REFUSED;
    }

    private @Nullable CheckpointKeys trusted() throws IOException {
      Path file = keys;
      try {
        return file == null ? null : CheckpointKeys.parse(Files.readString(file));
      } catch (IllegalArgumentException e) {
        throw new UsageException(file + ": " + e.getMessage());
      }
    }

    private List<ChainHead> remembered(@Nullable CheckpointKeys trusted) throws IOException {
      Path notes = checkpoints;
      if (notes == null) {
        return List.of();
      }
      if (trusted == null) {
        throw new UsageException("--checkpoint needs --key: whose signatures count?");
      }
      try {
        return Checkpoint.parseAll(Files.readString(notes)).stream().map(trusted::verify).toList();
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }

    private static void text(AuditFileVerifier.Result result, PrintWriter out) {
      for (VerificationReport chain : result.chains()) {
        out.printf("chain %s: %d events hold%n", chain.chain(), chain.verified());
        ChainHead head = chain.head();
        if (head != null) {
          out.printf("  newest: %d, %s, %s%n", head.seq(), head.at(), head.hash());
        }
      }
      BrokenEvent broken = result.broken();
      if (broken == null) {
        out.printf("intact: %d events%n", result.events());
        return;
      }
      out.printf("BROKEN at line %d, event %d: %s%n", broken.line(), broken.seq(), reason(broken));
      out.println("  " + broken.detail());
    }

    private static JsonObject json(AuditFileVerifier.Result result, List<String> problems) {
      List<JsonValue> chains = new ArrayList<>();
      for (VerificationReport chain : result.chains()) {
        JsonObject.Builder one =
            JsonObject.builder(5)
                .put("chain", chain.chain())
                .put("ok", chain.ok())
                .put("verified", chain.verified());
        ChainHead head = chain.head();
        if (head != null) {
          one.put("head_seq", head.seq()).put("head_hash", head.hash());
        }
        chains.add(one.build());
      }
      JsonObject.Builder out =
          JsonObject.builder(4)
              .put("ok", result.ok() && problems.isEmpty())
              .put("events", result.events())
              .put("chains", JsonArray.copyOf(chains));
      if (!problems.isEmpty()) {
        out.put(
            "checkpoint_problems",
            JsonArray.of(problems.stream().map(JsonString::of).toArray(JsonValue[]::new)));
      }
      BrokenEvent broken = result.broken();
      if (broken != null) {
        out.put(
            "broken_at",
            JsonObject.builder(6)
                .put("line", broken.line())
                .put("seq", broken.seq())
                .put("reason", reason(broken))
                .put("detail", broken.detail())
                .put("stored_hash", broken.storedHash())
                .put("expected_hash", broken.expectedHash())
                .build());
      }
      return out.build();
    }

    private static String reason(BrokenEvent broken) {
      return broken.how().reason();
    }
  }
}
