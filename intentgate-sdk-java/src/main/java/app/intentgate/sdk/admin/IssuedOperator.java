package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;

/**
 * An account and its token, which the gate tells this once. Not printed by {@code toString}.
 *
 * @param operator the account
 * @param token its token
 */
public record IssuedOperator(OperatorRow operator, String token) {
  static IssuedOperator of(JsonObject answer) {
    return new IssuedOperator(
        OperatorRow.of(Reading.object(answer, "operator")), Reading.text(answer, "token"));
  }

  @Override
  public String toString() {
    return "IssuedOperator[operator=" + operator.id() + ", token=***]";
  }
}
