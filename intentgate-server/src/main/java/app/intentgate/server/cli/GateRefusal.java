package app.intentgate.server.cli;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.admin.AdminException;
import java.util.ArrayList;
import java.util.List;

/** Says why a gate did not do what it was asked, and what to do about it. */
final class GateRefusal {
  private GateRefusal() {}

  static int exitCode(AdminException refusal) {
    if (refusal.isDenied()) {
      return ExitCodes.NOT_PERMITTED;
    }
    return refusal.status() == 0 || refusal.status() >= 500 || refusal.status() == 429
        ? ExitCodes.NO_ANSWER
        : ExitCodes.REFUSED;
  }

  static String sentence(AdminException refusal, String url) {
    String said = said(refusal);
    return Cells.plain(
        switch (refusal.status()) {
          case 0 -> "no gate answers at " + url + ": " + cause(refusal);
          case 401 ->
              "the gate does not accept this token"
                  + said
                  + "; check --admin-token-file or INTENTGATE_ADMIN_TOKEN, and that the account"
                  + " has not ended";
          case 403 ->
              "this operator may not do that"
                  + said
                  + "; \"intentgate operator whoami\" says who you are, and docs/operators.md who"
                  + " may what";
          case 429 -> "too many failed sign-ins from here" + said + "; wait a minute";
          default ->
              refusal.status() >= 500
                  ? "the gate at " + url + " cannot do that now" + said
                  : "the gate refuses" + said;
        });
  }

  private static String said(AdminException refusal) {
    JsonObject body = refusal.body();
    String error = body == null ? "" : Cells.text(body.get("error"));
    return error.isEmpty() ? " (HTTP " + refusal.status() + ")" : ": " + error;
  }

  private static String cause(AdminException refusal) {
    Throwable cause = refusal.getCause();
    if (cause == null) {
      return String.valueOf(refusal.getMessage());
    }
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ", " + message);
  }

  /** The compiler's errors, one a line. */
  static List<String> details(AdminException refusal) {
    List<String> details = new ArrayList<>();
    JsonObject body = refusal.body();
    if (body != null && body.get("errors") instanceof JsonArray errors) {
      for (JsonValue error : errors) {
        if (error instanceof JsonObject e) {
          details.add(problem(e));
        }
      }
    }
    return details;
  }

  /** An error or a warning about a policy: where, and what. */
  static String problem(JsonObject problem) {
    return Cells.plain(
        "%s:%s: %s (%s)"
            .formatted(
                Cells.text(problem.get("row")),
                Cells.text(problem.get("col")),
                Cells.text(problem.get("message")),
                Cells.text(problem.get("code"))));
  }
}
