package app.intentgate.server.mcp;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The session ids that clients see: the tool server's own, sealed together with the token that
 * opened the session, so that any gate of the same keys can check them and keeps nothing (mcp L2).
 */
public final class SessionIds {
  private final Sealed sealed;

  /** Session ids under these keys. */
  public SessionIds(KeyRing keys, SecureRandom random) {
    this.sealed = new Sealed(keys, "intentgate-mcp-session-v1", random);
  }

  /**
   * Whose a session is.
   *
   * @param tenant the token's tenant, or empty
   * @param chainId the name of the very token, or empty
   */
  public record Owner(String tenant, String chainId) {}

  /** The id under which an owner's client knows a session of the tool server. */
  public String seal(String upstreamId, Owner owner) {
    JsonObject plain =
        JsonObject.builder(3)
            .put("t", owner.tenant())
            .put("c", owner.chainId())
            .put("u", JsonObject.of("", JsonString.of(upstreamId)))
            .build();
    return sealed.seal(JsonOutput.plain().value(plain).toByteArray());
  }

  /**
   * The tool server's session of an id that a client presents; null when no gate made it, or for
   * somebody else.
   */
  public @Nullable String open(String id, Owner owner) {
    byte[] plain = sealed.open(id);
    if (plain == null) {
      return null;
    }
    try {
      return JsonReader.parse(plain) instanceof JsonObject object
              && isText(object, "t", owner.tenant())
              && isText(object, "c", owner.chainId())
              && object.get("u") instanceof JsonObject upstreams
              && upstreams.get("") instanceof JsonString upstream
          ? upstream.value()
          : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static boolean isText(JsonObject object, String member, String expected) {
    return object.get(member) instanceof JsonString text && text.value().equals(expected);
  }
}
