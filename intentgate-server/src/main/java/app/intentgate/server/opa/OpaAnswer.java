package app.intentgate.server.opa;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.policy.PolicyException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a decision of what OPA answered; whatever is odd about it is no decision. */
final class OpaAnswer {
  /** The longest text of names, and of revisions, that an event takes. */
  private static final int MAX_TEXT = 1024;

  private OpaAnswer() {}

  /**
   * The decision in an answer.
   *
   * @throws PolicyException when there is no valid one
   */
  static PolicyDecision decision(int status, byte[] body, int maxBytes) {
    if (status != 200) {
      throw new PolicyException("policy: no decision: the policy server answered " + status);
    }
    JsonValue document;
    try {
      document = JsonReader.parse(body, JsonLimits.ofDefaults().withMaxBytes(maxBytes));
    } catch (JsonParseException e) {
      throw new PolicyException("policy: no decision: the answer is not valid JSON", e);
    }
    if (!(document instanceof JsonObject answer)) {
      throw new PolicyException("policy: no decision: the answer is not a JSON object");
    }
    PolicyDecision decision = PolicyDecision.of(answer.get("result"));
    PolicyBundle bundle = bundle(answer.get("provenance"));
    return bundle == null ? decision : decision.by(bundle);
  }

  private static @Nullable PolicyBundle bundle(@Nullable JsonValue provenance) {
    if (provenance == null) {
      return null;
    }
    if (!(provenance instanceof JsonObject members)) {
      throw malformed();
    }
    JsonValue bundles = members.get("bundles");
    if (bundles == null) {
      JsonValue revision = members.get("revision");
      return revision == null ? null : new PolicyBundle("", text(revision));
    }
    if (!(bundles instanceof JsonObject byName)) {
      throw malformed();
    }
    Map<String, String> revisions = new TreeMap<>();
    for (int i = 0; i < byName.size(); i++) {
      if (!(byName.valueAt(i) instanceof JsonObject bundle)) {
        throw malformed();
      }
      JsonValue revision = bundle.get("revision");
      revisions.put(byName.nameAt(i), revision == null ? "" : text(revision));
    }
    return revisions.isEmpty()
        ? null
        : new PolicyBundle(
            bounded(String.join(",", revisions.keySet())),
            bounded(String.join(",", revisions.values())));
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString s) {
      return bounded(s.value());
    }
    throw malformed();
  }

  private static String bounded(String text) {
    if (text.length() > MAX_TEXT) {
      throw malformed();
    }
    return text;
  }

  private static PolicyException malformed() {
    return new PolicyException("policy: no decision: the answer's provenance is malformed");
  }
}
