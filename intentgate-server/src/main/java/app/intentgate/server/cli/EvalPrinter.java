package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Prints the results of a query in one of the formats that tools for Rego have. */
final class EvalPrinter {
  /** The formats. */
  enum Kind {
    JSON,
    PRETTY,
    RAW,
    VALUES,
    BINDINGS
  }

  private final Kind kind;
  private final PrintWriter out;
  private final PrintWriter err;

  EvalPrinter(Kind kind, CommandLine line) {
    this.kind = kind;
    this.out = line.getOut();
    this.err = line.getErr();
  }

  void errors(JsonObject json, String text) {
    if (kind == Kind.JSON) {
      out.println(PrettyJson.of(json));
    } else {
      err.println(text);
    }
  }

  /**
   * Prints results.
   *
   * @param report further members of the JSON document
   * @param explanation lines of a trace
   */
  void results(List<QueryRun.Result> results, JsonObject report, List<String> explanation) {
    switch (kind) {
      case JSON -> out.println(PrettyJson.of(document(results, report, explanation)));
      case PRETTY -> {
        explanation.forEach(out::println);
        pretty(results);
        if (!report.isEmpty()) {
          out.println(PrettyJson.of(report));
        }
      }
      case RAW -> results.forEach(r -> out.println(raw(r)));
      case VALUES -> results.forEach(r -> out.println(PrettyJson.of(JsonArray.copyOf(r.values()))));
      case BINDINGS -> results.forEach(r -> out.println(PrettyJson.of(r.bindings())));
    }
  }

  private static JsonObject document(
      List<QueryRun.Result> results, JsonObject report, List<String> explanation) {
    JsonObject.Builder document = JsonObject.builder(4);
    if (!results.isEmpty()) {
      List<JsonValue> items = new ArrayList<>();
      results.forEach(r -> items.add(r.json()));
      document.put("result", JsonArray.copyOf(items));
    }
    if (!explanation.isEmpty()) {
      List<JsonValue> lines = new ArrayList<>();
      explanation.forEach(line -> lines.add(JsonString.of(line)));
      document.put("explanation", JsonArray.copyOf(lines));
    }
    for (int i = 0; i < report.size(); i++) {
      document.put(report.keyAt(i), report.valueAt(i));
    }
    return document.build();
  }

  private static String raw(QueryRun.Result result) {
    return result.values().stream()
        .map(v -> v instanceof JsonString s ? s.value() : JsonWriter.toText(v))
        .collect(Collectors.joining(" "));
  }

  /** One value alone as it is; several, or variables, as a table. */
  private void pretty(List<QueryRun.Result> results) {
    if (results.isEmpty()) {
      out.println("undefined");
      return;
    }
    QueryRun.Result first = results.get(0);
    boolean only =
        first.values().size() == 1
            || first.values().stream().allMatch(JsonBoolean.class::isInstance);
    if (results.size() == 1 && first.bindings().isEmpty() && only) {
      out.println(PrettyJson.of(first.values().get(0)));
      return;
    }
    List<String> head = new ArrayList<>();
    for (int i = 0; i < first.bindings().size(); i++) {
      head.add(first.bindings().nameAt(first.bindings().sortedPosition(i)));
    }
    boolean onlyBindings =
        first.expressions().stream().noneMatch(app.intentgate.rego.QueryText.Expression::isTerm)
            && !head.isEmpty();
    List<String> names = List.copyOf(head);
    if (!onlyBindings) {
      first.expressions().forEach(e -> head.add(e.text()));
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(head);
    for (QueryRun.Result result : results) {
      List<String> row = new ArrayList<>();
      for (String name : names) {
        JsonValue value = result.bindings().get(name);
        row.add(value == null ? "" : JsonWriter.toText(value));
      }
      if (!onlyBindings) {
        result.values().forEach(v -> row.add(JsonWriter.toText(v)));
      }
      rows.add(row);
    }
    new TextTable(rows).print(out);
  }
}
