package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.sdk.admin.AuditEntries;
import app.intentgate.sdk.admin.AuditEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A running gate's audit log. */
final class AuditGateCommands {
  private AuditGateCommands() {}

  /** Asks. */
  @Command(
      name = "query",
      mixinStandardHelpOptions = true,
      description = "Show events of a running gate, newest first. --format json: one event a line.",
      footer = {
        "",
        "Example:",
        "  intentgate audit query --agent invoice-agent --decision block --limit 20"
      })
  static final class Query extends GateCommand {
    @Mixin private AuditFilter filter = new AuditFilter();

    @Mixin private Limit limit = new Limit();

    @Option(names = "--cursor", paramLabel = "TEXT", description = "go on where a page ended")
    private @Nullable String cursor;

    Query() {}

    @Override
    int run(AdminClient gate) {
      AuditEntries page =
          gate.audit().query(filter.query().limit(limit.value).cursor(cursor).build());
      if (json()) {
        page.events().forEach(event -> out().println(JsonWriter.toText(event.json())));
      } else {
        JsonValue[] rows = page.events().stream().map(AuditEntry::json).toArray(JsonValue[]::new);
        Cells.of("ts", "tenant", "seq", "agent_id", "tool", "decision", "check", "reason")
            .print(JsonArray.of(rows), out());
      }
      if (page.nextCursor() != null) {
        err().println("more: --cursor " + Cells.plain(page.nextCursor()));
      }
      return ExitCodes.OK;
    }
  }

  /** Follows. */
  @Command(
      name = "tail",
      mixinStandardHelpOptions = true,
      description = {
        "Follow the log of a running gate, whichever gate stores to it, until interrupted.",
        "",
        "Goes on by itself where it stopped when the connection breaks. An event may come twice,"
            + " none is left out."
      },
      footer = {"", "Example:", "  intentgate audit tail --tenant acme --format json"})
  static final class Tail extends GateCommand {
    @Option(names = "--tenant", paramLabel = "ID", description = "of one tenant")
    private String tenant = "";

    @Option(
        names = "--after",
        paramLabel = "ID",
        description = "go on after this id, as --format json shows it; without it, what comes now")
    private String after = "";

    @Option(
        names = "--count",
        paramLabel = "N",
        converter = Counts.OfEvents.class,
        description = "end after so many")
    private long count = Long.MAX_VALUE;

    Tail() {}

    @Override
    int run(AdminClient gate) throws IOException {
      return new Following(lastId -> gate.audit().follow(tenant, lastId), err())
          .run(
              count,
              after,
              event -> {
                JsonObject data = Following.data(event);
                follow(json() ? Following.named(event) : line(data));
              });
    }

    private static String line(JsonObject event) {
      StringBuilder line = new StringBuilder();
      for (String member : new String[] {"ts", "tenant", "agent_id", "tool", "decision"}) {
        String text = Cells.plain(Cells.text(event.get(member)));
        line.append(text.isEmpty() ? "-" : text).append(' ');
      }
      return line.append(Cells.plain(Cells.text(event.get("reason")))).toString();
    }
  }
}
