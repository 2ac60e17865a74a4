package app.intentgate.policy.lint;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.Location;

/**
 * Something in a policy's source that cannot be meant.
 *
 * @param code what kind: {@code unreachable_rule}, {@code missing_default}, {@code unknown_input},
 *     {@code unknown_decision_member}
 * @param message what is wrong, and what to do
 * @param row the row, from 1
 * @param col the column, from 1
 */
public record LintWarning(String code, String message, int row, int col) {
  static LintWarning at(Location location, String code, String message) {
    return new LintWarning(code, message, Math.max(1, location.row()), Math.max(1, location.col()));
  }

  /** As it is answered. */
  public JsonObject toJson() {
    return JsonObject.builder(4)
        .put("code", code)
        .put("message", message)
        .put("row", row)
        .put("col", col)
        .build();
  }
}
