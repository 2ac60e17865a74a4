package app.intentgate.approval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A row as a store keeps it; every member survives, exactly. */
public final class ApprovalJson {
  private ApprovalJson() {}

  /** The members of a row. */
  public static JsonObject of(Approval row) {
    ApprovalRequest r = row.request();
    ApprovalBinding b = r.binding();
    JsonObject.Builder out =
        JsonObject.builder(24)
            .put("id", r.id())
            .put("tenant", b.tenant())
            .put("jti", b.tokenId())
            .put("chain", b.chainId())
            .put("agent", b.agentId())
            .put("tool", b.tool())
            .put("args_sha256", b.argumentsSha256())
            .put("cover_sha256", b.coverSha256())
            .put("policy_sha256", b.policySha256())
            .put("root", r.rootTokenId())
            .put("user", b.userSubject())
            .put("intent", r.intentSummary())
            .put("reason", r.reason())
            .put("step_up", r.requiresStepUp())
            .put("terms", r.terms().toJson())
            .put("created", r.createdAt().toString())
            .put("decide_by", r.decideBy().toString())
            .put("status", row.status().wireName())
            .put("expires", row.expiresAt().toString())
            .put("votes", votes(row.votes()))
            .put("uses", row.uses());
    JsonObject arguments = r.arguments();
    if (arguments != null) {
      out.put("args", arguments);
    }
    Instant usedAt = row.usedAt();
    if (usedAt != null) {
      out.put("used", usedAt.toString());
    }
    String voidReason = row.voidReason();
    if (voidReason != null) {
      out.put("void", voidReason);
    }
    Instant voidedAt = row.voidedAt();
    if (voidedAt != null) {
      out.put("voided", voidedAt.toString());
    }
    return out.build();
  }

  private static JsonArray votes(List<ApprovalDecision> votes) {
    List<JsonValue> out = new ArrayList<>(votes.size());
    for (ApprovalDecision vote : votes) {
      out.add(
          JsonObject.builder(5)
              .put("yes", vote.approved())
              .put("principal", vote.principal())
              .put("by", vote.label())
              .put("note", vote.note())
              .put("at", vote.at().toString())
              .build());
    }
    return JsonArray.copyOf(out);
  }

  /**
   * The row of such members.
   *
   * @throws IllegalArgumentException when they are not that; the message says which
   */
  public static Approval read(JsonObject in) {
    ApprovalBinding binding =
        new ApprovalBinding(
            text(in, "tenant"),
            text(in, "jti"),
            text(in, "chain"),
            text(in, "agent"),
            text(in, "user"),
            text(in, "tool"),
            text(in, "args_sha256"),
            text(in, "cover_sha256"),
            text(in, "policy_sha256"));
    ApprovalRequest request =
        new ApprovalRequest(
            text(in, "id"),
            binding,
            text(in, "root"),
            in.get("args") instanceof JsonObject arguments ? arguments : null,
            text(in, "intent"),
            text(in, "reason"),
            in.get("step_up") == JsonBoolean.TRUE,
            terms(in.get("terms")),
            time(in, "created"),
            time(in, "decide_by"));
    return new Approval(
        request,
        Approval.Status.valueOf(text(in, "status").toUpperCase(Locale.ROOT)),
        time(in, "expires"),
        readVotes(in.get("votes")),
        in.get("uses") instanceof JsonNumber n && n.fitsLong() ? (int) n.longValue() : 0,
        in.get("used") == null ? null : time(in, "used"),
        in.get("void") == null ? null : text(in, "void"),
        in.get("voided") == null ? null : time(in, "voided"));
  }

  private static ApprovalTerms terms(@Nullable JsonValue value) {
    return value == null
        ? ApprovalTerms.DEFAULT
        : ApprovalTerms.of(JsonObject.of("approval", value));
  }

  private static List<ApprovalDecision> readVotes(@Nullable JsonValue value) {
    if (!(value instanceof JsonArray votes)) {
      throw new IllegalArgumentException("votes is no array");
    }
    List<ApprovalDecision> out = new ArrayList<>();
    for (JsonValue vote : votes) {
      if (!(vote instanceof JsonObject v)) {
        throw new IllegalArgumentException("a vote is no object");
      }
      out.add(
          new ApprovalDecision(
              v.get("yes") == JsonBoolean.TRUE,
              text(v, "principal"),
              text(v, "by"),
              text(v, "note"),
              time(v, "at")));
    }
    return List.copyOf(out);
  }

  private static String text(JsonObject in, String name) {
    JsonValue value = in.get(name);
    String text = value == null ? null : value.asText();
    if (text == null) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return text;
  }

  private static Instant time(JsonObject in, String name) {
    try {
      return Instant.parse(text(in, name));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is no time", e);
    }
  }
}
