package app.intentgate.file;

import app.intentgate.json.JsonObject;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import java.time.Instant;

/** What an operator's account looks like in a state file: hashes of tokens, never a token. */
final class OperatorLines {
  static final String OPERATOR = "operator";
  static final String USED = "operator_used";

  private OperatorLines() {}

  static JsonObject of(OperatorAccount a) {
    JsonObject.Builder line =
        JsonObject.builder(12)
            .put("t", OPERATOR)
            .put("id", a.id())
            .put("name", a.name())
            .put("role", a.role().wireName())
            .put("tenant", a.tenant())
            .put("subject", a.subject())
            .put("created", a.createdAt().toString())
            .put("token_sha256", a.token().toHex());
    Instant expiresAt = a.expiresAt();
    if (expiresAt != null) {
      line.put("expires", expiresAt.toString());
    }
    Instant revokedAt = a.revokedAt();
    if (revokedAt != null) {
      line.put("revoked", revokedAt.toString());
    }
    OperatorAccount.Previous previous = a.previous();
    if (previous != null) {
      line.put("previous_sha256", previous.token().toHex())
          .put("previous_until", previous.until().toString());
    }
    return line.build();
  }

  /** When an account signed in last. */
  static JsonObject used(String id, Instant at) {
    return JsonObject.builder(3).put("t", USED).put("id", id).put("at", at.toString()).build();
  }

  static OperatorAccount account(JsonObject line) {
    return new OperatorAccount(
        StateLines.text(line, "id"),
        StateLines.text(line, "name"),
        Role.of(StateLines.text(line, "role")),
        StateLines.text(line, "tenant"),
        StateLines.text(line, "subject"),
        StateLines.time(line, "created"),
        line.get("expires") == null ? null : StateLines.time(line, "expires"),
        line.get("revoked") == null ? null : StateLines.time(line, "revoked"),
        TokenHash.parse(StateLines.text(line, "token_sha256")),
        line.get("previous_sha256") == null
            ? null
            : new OperatorAccount.Previous(
                TokenHash.parse(StateLines.text(line, "previous_sha256")),
                StateLines.time(line, "previous_until")));
  }
}
