package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.testing.CaseResult;
import app.intentgate.rego.testing.TestReport;
import app.intentgate.rego.testing.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Results of tests in the shape that {@code opa test --format json} has. */
final class TestJson {
  private TestJson() {}

  static JsonArray of(TestReport report) {
    List<JsonValue> items = new ArrayList<>();
    report.results().forEach(result -> items.add(of(result)));
    return JsonArray.copyOf(items);
  }

  private static JsonObject of(TestResult result) {
    JsonObject.Builder item =
        JsonObject.builder(8)
            .put("location", PolicyErrors.location(result.test().location()))
            .put("package", result.test().packagePath())
            .put("name", result.test().name());
    RegoError error = result.error();
    switch (result.outcome()) {
      case FAIL -> item.put("fail", JsonBoolean.TRUE);
      case SKIPPED -> item.put("skip", JsonBoolean.TRUE);
      case ERROR -> item.put("error", error == null ? JsonObject.EMPTY : PolicyErrors.json(error));
      case PASS -> {
        // A test that passed has no member that says so.
      }
    }
    item.put("duration", JsonNumber.of(result.nanos()));
    if (!result.output().isEmpty()) {
      String lines = String.join("\n", result.output()) + "\n";
      item.put(
          "output", Base64.getEncoder().encodeToString(lines.getBytes(StandardCharsets.UTF_8)));
    }
    if (!result.cases().isEmpty()) {
      item.put("sub_results", cases(result.cases()));
    }
    return item.build();
  }

  private static JsonObject cases(List<CaseResult> cases) {
    JsonObject.Builder items = JsonObject.builder(cases.size());
    for (CaseResult result : cases) {
      JsonObject.Builder item = JsonObject.builder(3).put("name", result.name());
      if (!result.passed()) {
        item.put("fail", JsonBoolean.TRUE);
      }
      if (!result.cases().isEmpty()) {
        item.put("sub_results", cases(result.cases()));
      }
      items.put(result.name(), item.build());
    }
    return items.build();
  }
}
