package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.admin.AdminClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a policy would have changed. */
@Command(
    name = "dry-run",
    mixinStandardHelpOptions = true,
    description = {
      "Replay recorded calls on a policy and say which would have been decided otherwise. Nothing"
          + " is changed.",
      "",
      "Exits with 0 when it ran, 1 when a finding is blocking or the policy was refused."
    },
    footer = {
      "",
      "Examples:",
      "  intentgate policy dry-run payments.rego --from 2026-01-01T00:00:00Z --explain",
      "  intentgate policy dry-run --draft ID --limit 100000"
    })
final class PolicyDryRunCommand extends GateCommand {
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 500);
  private static final Set<String> ZERO_IS_SILENT =
      Set.of(
          "policy_error",
          "allow_to_escalate",
          "allow_to_block",
          "block_to_allow",
          "block_to_escalate",
          "escalate_to_allow",
          "escalate_to_block");

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "the policy; - is standard input")
  private @Nullable String file;

  @Option(names = "--draft", paramLabel = "ID", description = "a draft instead of a file")
  private @Nullable String draft;

  @Option(names = "--from", paramLabel = "TIME", description = "calls since then")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "calls until then")
  private @Nullable String to;

  @Option(names = "--agent", paramLabel = "ID", description = "calls of one agent")
  private @Nullable String agent;

  @Option(names = "--tool", paramLabel = "NAME", description = "calls of one tool")
  private @Nullable String tool;

  @Option(names = "--tenant", paramLabel = "ID", description = "calls of one tenant")
  private @Nullable String tenant;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Counts.class,
      description = "the newest N calls; 10000 unless given")
  private int limit = 10_000;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "show so many changes; 20 unless given")
  private int samples = 20;

  @Option(names = "--explain", description = "say of each change which rule decided, and where")
  private boolean explain;

  @Option(names = "--quiet", description = "no progress on standard error")
  private boolean quiet;

  PolicyDryRunCommand() {}

  @Override
  int run(AdminClient gate) throws IOException {
    if ((file == null) == (draft == null)) {
      throw new UsageException("a dry run needs a FILE or --draft ID, one of them");
    }
    String source = draft != null ? gate.policies().draft(draft).regoSource() : Inputs.text(file());
    JsonObject.Builder options =
        JsonObject.builder().put("limit", limit).put("max_samples", samples);
    options.put("explain", explain);
    put(options, "from", from);
    put(options, "to", to);
    put(options, "agent_id", agent);
    put(options, "tool", tool);
    put(options, "tenant", tenant);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                gate.policies().dryRunLines(source, options.build()), StandardCharsets.UTF_8))) {
      return follow(lines);
    }
  }

  private String file() {
    return file == null ? "-" : file;
  }

  private static void put(JsonObject.Builder options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }

  private int follow(BufferedReader lines) throws IOException {
    boolean shown = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject said = object(line);
      if (said.get("result") instanceof JsonObject result) {
        if (shown) {
          err().println();
        }
        return report(result);
      }
      if (said.get("error") != null) {
        err().println();
        err()
            .println("intentgate: the gate refuses: " + Cells.plain(Cells.text(said.get("error"))));
        return ExitCodes.REFUSED;
      }
      if (!quiet && said.get("progress") instanceof JsonObject progress) {
        String done = Cells.text(progress.get("evaluated"));
        err().print("\r" + done + " of " + Cells.text(progress.get("total")) + " calls");
        err().flush();
        shown = true;
      }
    }
    err().println("intentgate: the gate ended the answer before the result");
    return ExitCodes.NO_ANSWER;
  }

  private static JsonObject object(String line) throws IOException {
    try {
      byte[] text = line.getBytes(StandardCharsets.UTF_8);
      return JsonReader.parse(text, LIMITS) instanceof JsonObject o ? o : JsonObject.EMPTY;
    } catch (JsonParseException e) {
      throw new IOException("the gate's answer is no JSON: " + e.getMessage(), e);
    }
  }

  private int report(JsonObject result) {
    JsonObject safety = result.get("safety_check") instanceof JsonObject s ? s : JsonObject.EMPTY;
    if (json()) {
      out().println(JsonWriter.toText(result));
    } else {
      table(result, safety);
    }
    return safety.get("blocking") == JsonBoolean.TRUE ? ExitCodes.REFUSED : ExitCodes.OK;
  }

  private void table(JsonObject result, JsonObject safety) {
    if (result.get("summary") instanceof JsonObject summary) {
      for (int i = 0; i < summary.size(); i++) {
        String count = Cells.text(summary.valueAt(i));
        if (!count.equals("0") || !ZERO_IS_SILENT.contains(summary.nameAt(i))) {
          out().printf("%-18s %s%n", summary.nameAt(i), count);
        }
      }
    }
    if (result.get("samples") instanceof JsonArray changes && !changes.isEmpty()) {
      Cells.of(
              explain
                  ? new String[] {
                    "ts",
                    "agent_id",
                    "tool",
                    "original_decision",
                    "candidate_decision",
                    "candidate_reason",
                    "explanation"
                  }
                  : new String[] {
                    "ts",
                    "agent_id",
                    "tool",
                    "original_decision",
                    "candidate_decision",
                    "candidate_reason"
                  })
          .print(changes, out());
    }
    for (JsonValue warning : items(result, "warnings")) {
      err().println("warning: " + Cells.plain(Cells.text(warning)));
    }
    for (JsonValue finding : items(safety, "findings")) {
      if (finding instanceof JsonObject f) {
        out()
            .println(
                Cells.plain(
                    Cells.text(f.get("severity"))
                        + ": "
                        + Cells.text(f.get("title"))
                        + ": "
                        + Cells.text(f.get("detail"))));
      }
    }
  }

  private static JsonArray items(JsonObject object, String member) {
    return object.get(member) instanceof JsonArray array ? array : JsonArray.of();
  }
}
