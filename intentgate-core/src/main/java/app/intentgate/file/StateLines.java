package app.intentgate.file;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalJson;
import app.intentgate.budget.Charge;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.memory.BudgetJournal;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.Revocation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** What the lines of a state file look like. A member that is empty is left out. */
final class StateLines {
  static final String REVOCATION = "revocation";
  static final String KILL = "kill";
  static final String RELEASE = "release";
  static final String BUDGET = "budget";
  static final String APPROVAL = "approval";

  private StateLines() {}

  static String type(JsonObject line) {
    return text(line, "t");
  }

  static JsonObject of(Revocation r) {
    return line(REVOCATION)
        .put("id", r.id())
        .put("tenant", r.tenant())
        .put("at", r.revokedAt().toString())
        .put("reason", r.reason())
        .build();
  }

  static Revocation revocation(JsonObject line) {
    return new Revocation(
        text(line, "id"), text(line, "tenant"), time(line, "at"), text(line, "reason"));
  }

  static JsonObject of(String type, KillSwitchEntry e) {
    return line(type)
        .put("scope", e.scope().wireName())
        .put("tenant", e.tenant())
        .put("agent", e.agent())
        .put("reason", e.reason())
        .put("at", e.setAt().toString())
        .put("by", e.setBy())
        .build();
  }

  static KillSwitchEntry killSwitch(JsonObject line) {
    return new KillSwitchEntry(
        KillSwitchEntry.Scope.valueOf(text(line, "scope").toUpperCase(Locale.ROOT)),
        text(line, "tenant"),
        text(line, "agent"),
        text(line, "reason"),
        time(line, "at"),
        text(line, "by"));
  }

  static JsonObject of(BudgetJournal.Entry e) {
    JsonObject.Builder line =
        line(BUDGET).put("kind", e.kind().caveat()).put("key", e.key()).put("n", e.granted());
    if (!e.tenant().isEmpty()) {
      line.put("tenant", e.tenant());
    }
    if (e.atMillis() != 0) {
      line.put("at_ms", e.atMillis());
    }
    Long expiresAt = e.expiresAt();
    if (expiresAt != null) {
      line.put("exp", expiresAt.longValue());
    }
    return line.build();
  }

  static BudgetJournal.Entry budget(JsonObject line) {
    String kind = text(line, "kind");
    for (Charge.Kind known : Charge.Kind.values()) {
      if (known.caveat().equals(kind)) {
        return new BudgetJournal.Entry(
            known,
            text(line, "tenant"),
            text(line, "key"),
            number(line, "n"),
            number(line, "at_ms"),
            line.get("exp") == null ? null : number(line, "exp"));
      }
    }
    throw new IllegalArgumentException("unknown budget \"" + kind + "\"");
  }

  static JsonObject of(Approval row) {
    return line(APPROVAL).put("row", ApprovalJson.of(row)).build();
  }

  static Approval approval(JsonObject line) {
    if (line.get("row") instanceof JsonObject row) {
      return ApprovalJson.read(row);
    }
    throw new IllegalArgumentException("row is no object");
  }

  static JsonObject.Builder line(String type) {
    return JsonObject.builder(8).put("t", type);
  }

  static String text(JsonObject line, String name) {
    JsonValue value = line.get(name);
    String text = value == null ? "" : value.asText();
    if (text == null) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return text;
  }

  static long number(JsonObject line, String name) {
    JsonValue value = line.get(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof JsonNumber n && n.fitsLong()) {
      return n.longValue();
    }
    throw new IllegalArgumentException(name + " is no whole number");
  }

  static Instant time(JsonObject line, String name) {
    try {
      return Instant.parse(text(line, name));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is no time", e);
    }
  }
}
