package app.intentgate.approval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has to agree to an escalated call, as its policy asks in the decision members {@code
 * approval} and {@code approvals}.
 *
 * @param by whose agreement it takes
 * @param quorum how many different operators have to agree, where operators do
 * @param standing what an approval covers beyond the one call, or null for nothing
 */
public record ApprovalTerms(By by, int quorum, @Nullable Standing standing) {
  /** One operator, for one call. */
  public static final ApprovalTerms DEFAULT = new ApprovalTerms(By.OPERATOR, 1, null);

  /** The most operators a policy can ask for. */
  public static final int MAX_QUORUM = 20;

  /** Whose agreement it takes. */
  public enum By {
    /** An operator's. */
    OPERATOR,
    /** That of the person the agent acts for. */
    USER,
    /** Both. */
    BOTH;

    /** The word used in a policy and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A grant that outlives the call it was given for.
   *
   * @param maxUses how many calls it lets through, the first included
   * @param ttl for how long
   * @param arguments the arguments that have to be equal; empty for all of them
   */
  public record Standing(int maxUses, Duration ttl, List<String> arguments) {
    /** The most calls one grant can let through. */
    public static final int MAX_USES = 1_000_000;

    /** The longest a grant can last. */
    public static final Duration MAX_TTL = Duration.ofDays(30);
  }

  /** The same without a grant that outlives the call. */
  public ApprovalTerms forOneCall() {
    return standing == null ? this : new ApprovalTerms(by, quorum, null);
  }

  /** How many operators have to agree; none where the user alone does. */
  public int operatorsNeeded() {
    return by == By.USER ? 0 : quorum;
  }

  /**
   * Reads the terms out of a policy's decision.
   *
   * @throws IllegalArgumentException when they are not what a policy can ask for; the message says
   *     which member
   */
  public static ApprovalTerms of(JsonObject decision) {
    JsonValue quorum = decision.get("approvals");
    JsonValue asked = decision.get("approval");
    if (quorum == null && asked == null) {
      return DEFAULT;
    }
    int needed = quorum == null ? 1 : (int) whole("approvals", quorum, MAX_QUORUM);
    if (asked == null) {
      return new ApprovalTerms(By.OPERATOR, needed, null);
    }
    if (!(asked instanceof JsonObject terms)) {
      throw new IllegalArgumentException("approval is no object");
    }
    if (terms.get("quorum") != null) {
      needed = (int) whole("approval.quorum", terms.get("quorum"), MAX_QUORUM);
    }
    return new ApprovalTerms(by(terms.get("by")), needed, standing(terms.get("standing")));
  }

  /** The terms in the form a policy writes them. */
  public JsonObject toJson() {
    JsonObject.Builder out = JsonObject.builder(3).put("by", by.wireName()).put("quorum", quorum);
    if (standing != null) {
      JsonObject.Builder grant =
          JsonObject.builder(3)
              .put("max_uses", standing.maxUses())
              .put("ttl_seconds", standing.ttl().toSeconds());
      if (!standing.arguments().isEmpty()) {
        List<JsonValue> names = new ArrayList<>();
        standing.arguments().forEach(name -> names.add(JsonString.of(name)));
        grant.put("arguments", JsonArray.copyOf(names));
      }
      out.put("standing", grant.build());
    }
    return out.build();
  }

  private static By by(@Nullable JsonValue value) {
    if (value == null) {
      return By.OPERATOR;
    }
    for (By known : By.values()) {
      if (known.wireName().equals(value.asText())) {
        return known;
      }
    }
    throw new IllegalArgumentException("approval.by is none of operator, user and both");
  }

  private static @Nullable Standing standing(@Nullable JsonValue value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonObject grant)) {
      throw new IllegalArgumentException("approval.standing is no object");
    }
    List<String> names = new ArrayList<>();
    if (grant.get("arguments") instanceof JsonArray listed) {
      for (JsonValue name : listed) {
        String text = name.asText();
        if (text == null) {
          throw new IllegalArgumentException("approval.standing.arguments are no names");
        }
        names.add(text);
      }
    } else if (grant.get("arguments") != null) {
      throw new IllegalArgumentException("approval.standing.arguments is no array of names");
    }
    return new Standing(
        (int) whole("approval.standing.max_uses", grant.get("max_uses"), Standing.MAX_USES),
        Duration.ofSeconds(
            whole(
                "approval.standing.ttl_seconds",
                grant.get("ttl_seconds"),
                Standing.MAX_TTL.toSeconds())),
        List.copyOf(names));
  }

  private static long whole(String member, @Nullable JsonValue value, long max) {
    if (value instanceof JsonNumber n && n.fitsLong() && n.longValue() >= 1) {
      if (n.longValue() <= max) {
        return n.longValue();
      }
    }
    throw new IllegalArgumentException(member + " is no whole number from 1 to " + max);
  }
}
