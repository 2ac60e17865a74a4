package app.intentgate.server.admin;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.CsvLines;
import app.intentgate.audit.EventCsv;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoredLine;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.Checkpointer;
import app.intentgate.json.JsonOutput;
import app.intentgate.operator.Operator;
import app.intentgate.operator.OperatorEvents;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/admin/audit/export}: every event that passes the filters, oldest first, as CSV or
 * as one JSON object a line, in constant memory and without a cap (admin contract 2.8, B29, B33);
 * of whole chains also with the signed places where they stood. An export is recorded before its
 * first byte (B31). One that fails midway has its connection cut, so that it never looks whole.
 */
final class AuditExportRoute implements RouteGroup {
  private static final System.Logger LOG = System.getLogger(AuditExportRoute.class.getName());
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int BUFFER = 1 << 16;

  private final IntentGate gate;
  private final Checkpointer checkpointer;

  AuditExportRoute(IntentGate gate, Checkpointer checkpointer) {
    this.gate = gate;
    this.checkpointer = checkpointer;
  }

  @Override
  public Map<String, RouteHandler> handlers() {
    return Map.of("GET /v1/admin/audit/export", this::export);
  }

  private void export(AdminCall call) throws IOException {
    boolean csv =
        switch (call.query("format").toLowerCase(Locale.ROOT)) {
          case "", "csv" -> true;
          case "json", "ndjson" -> false;
          default -> throw AdminException.badRequest("format must be 'csv' or 'json'");
        };
    String tenant = Names.findable("tenant", call.tenantOfQuery());
    boolean signed = call.query("checkpoint").equals("true");
    List<String> narrowing = signed ? AuditFilters.narrowing(call, tenant) : List.of();
    if (!narrowing.isEmpty()) {
      // The last event that matches is not where the chain stands, and must not be signed as that.
      throw AdminException.badRequest(
          "checkpoint=true is for whole chains: leave out "
              + String.join(", ", narrowing)
              + ", or export without a checkpoint");
    }
    AuditQuery query = AuditFilters.of(call, tenant).build();
    AuditEvent own = event(call, tenant, csv);
    AdminCall.await(gate.record(own));
    String name =
        "intentgate-audit-"
            + (tenant.isEmpty() ? "all" : fileName(tenant))
            + "-"
            + STAMP.format(gate.now())
            + (csv ? ".csv" : ".ndjson");
    call.context()
        .contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    if (call.isHead()) {
      return;
    }
    write(call, query, csv, own, signed);
  }

  /** Writes what was there before the export itself was recorded. */
  private void write(AdminCall call, AuditQuery query, boolean csv, AuditEvent own, boolean signed)
      throws IOException {
    OutputStream out = new BufferedOutputStream(call.context().outputStream(), BUFFER);
    if (csv) {
      out.write(EventCsv.header().getBytes(StandardCharsets.UTF_8));
    }
    CsvLines rows = new CsvLines();
    StoredLine last = StoredLine.of(own);
    Map<String, byte[]> newest = new TreeMap<>();
    try {
      gate.audit()
          .exportLines(
              query,
              line -> {
                boolean before = !line.isSameEvent(last);
                if (before) {
                  write(out, line, csv ? rows : null);
                  if (signed) {
                    newest.put(line.chain(), json(line));
                  }
                }
                return before;
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Map.Entry<String, byte[]> end : newest.entrySet()) {
      Checkpoint checkpoint = checkpointer.sign(end.getKey(), EventJson.read(end.getValue()));
      out.write((csv ? row(checkpoint) : line(checkpoint)).getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  /** The last line: a checkpoint as the list of checkpoints has it. */
  private static String line(Checkpoint signed) {
    JsonOutput out = AdminCall.json().name("checkpoint");
    CheckpointRoutes.write(out, signed);
    return new String(out.endObject().toByteArray(), StandardCharsets.UTF_8) + "\n";
  }

  /** The last row: its event is {@code checkpoint}, and its reason the signed note. */
  private static String row(Checkpoint signed) {
    String note = "\"" + signed.note().replace("\"", "\"\"") + "\"";
    return signed.at() + ",checkpoint,,,," + note + "," + quoted(signed.tenant()) + "\n";
  }

  /** A cell that a spreadsheet could take for a formula gets an apostrophe, as those of events. */
  private static String quoted(String cell) {
    String text = cell.matches("(?s)[=+@\\t\\r'-].*") ? "'" + cell : cell;
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static byte[] json(StoredLine line) {
    return Arrays.copyOfRange(line.array(), line.from(), line.to());
  }

  private static void write(OutputStream out, StoredLine line, @Nullable CsvLines rows) {
    try {
      if (rows != null) {
        rows.write(line, out);
      } else {
        out.write(line.array(), line.from(), line.to() - line.from());
        out.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (AuditException e) {
      LOG.log(System.Logger.Level.WARNING, "an audit row cannot be read; verify the chain", e);
    }
  }

  private AuditEvent event(AdminCall call, String tenant, boolean csv) {
    Operator operator = call.operator(tenant);
    return OperatorEvents.event(operator, "admin/audit-export", gate.now())
        .decision(AuditDecision.ALLOW)
        .tenant(tenant)
        .reason("audit exported: format=" + (csv ? "csv" : "ndjson"))
        .build();
  }

  /** A tenant's name as part of a file's: what could mean something to a shell or a header goes. */
  private static String fileName(String tenant) {
    String name = tenant.replaceAll("[^A-Za-z0-9._-]", "_");
    return name.length() > 64 ? name.substring(0, 64) : name;
  }
}
