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

  /**
   * A session as its id says.
   *
   * @param upstreamId the tool server's name of it
   * @param elicits how the person who uses its client can be asked
   */
  public record Session(String upstreamId, Elicits elicits) {}

  /** The id under which an owner's client knows a session of the tool server. */
  public String seal(Session session, Owner owner) {
    JsonObject.Builder plain =
        JsonObject.builder(4)
            .put("t", owner.tenant())
            .put("c", owner.chainId())
            .put("u", JsonObject.of("", JsonString.of(session.upstreamId())));
    if (session.elicits().any()) {
      plain.put("e", session.elicits().toText());
    }
    return sealed.seal(JsonOutput.plain().value(plain.build()).toByteArray());
  }

  /** The session of an id that a client presents; null when no gate made it for this owner. */
  public @Nullable Session open(String id, Owner owner) {
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
          ? new Session(upstream.value(), elicits(object))
          : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static Elicits elicits(JsonObject object) {
    return object.get("e") instanceof JsonString ways ? Elicits.ofText(ways.value()) : Elicits.NOT;
  }

  private static boolean isText(JsonObject object, String member, String expected) {
    return object.get(member) instanceof JsonString text && text.value().equals(expected);
  }
}
