package app.intentgate.server.mcp;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.token.KeyRing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The states by which a call that needs more input is gone on with (mcp M7): the tool server's own,
 * sealed together with the call, its token, its tool and its arguments. Each counts once, for an
 * hour, on the gate that made it: another gate of the same keys reads it, and takes what comes with
 * it for a new call, since it cannot know whether the state was used. Thread-safe.
 */
public final class CallStates {
  private static final long LIFE_SECONDS = 3_600;

  private final Sealed sealed;
  private final Clock clock;
  private final String gate;
  private final UsedStates used = new UsedStates(LIFE_SECONDS);

  /** States under these keys. */
  public CallStates(KeyRing keys, SecureRandom random, Clock clock) {
    this.sealed = new Sealed(keys, "intentgate-mcp-call-state-v1", random);
    this.clock = clock;
    this.gate = Long.toHexString(random.nextLong());
  }

  /**
   * What a state that a client sent back stands for.
   *
   * @param callId the call that goes on; null when the state was used already, is too old, or was
   *     made by another gate
   * @param upstream the tool server's own state, or null when it gave none
   */
  public record Found(@Nullable String callId, @Nullable JsonValue upstream) {}

  /**
   * A state for the next round of a call; null when the tool server's own is too long to be taken
   * back in ours.
   */
  public @Nullable String seal(
      String callId,
      Owner owner,
      String tool,
      @Nullable JsonObject arguments,
      @Nullable JsonValue upstream) {
    JsonObject.Builder out =
        JsonObject.builder(5)
            .put("g", gate)
            .put("i", callId)
            .put("b", binding(owner, tool, arguments))
            .put("e", clock.instant().getEpochSecond() + LIFE_SECONDS);
    if (upstream != null) {
      out.put("u", upstream);
    }
    byte[] plain = JsonOutput.plain().value(out.build()).toByteArray();
    return Sealed.fits(plain) ? sealed.seal(plain) : null;
  }

  /** Reads a state and uses it up; null when no gate made it for this owner, tool and arguments. */
  public @Nullable Found use(
      String state, Owner owner, String tool, @Nullable JsonObject arguments) {
    byte[] plain = sealed.open(state);
    if (plain == null) {
      return null;
    }
    try {
      if (!(JsonReader.parse(plain) instanceof JsonObject object)
          || !(object.get("b") instanceof JsonString bound)
          || !(object.get("g") instanceof JsonString maker)
          || !(object.get("i") instanceof JsonString callId)
          || !(object.get("e") instanceof JsonNumber expires)
          || !bound.value().equals(binding(owner, tool, arguments))) {
        return null;
      }
      boolean counts =
          maker.value().equals(gate) && isFresh(expires.longValue()) && isFirst(state, owner);
      return new Found(counts ? callId.value() : null, object.get("u"));
    } catch (JsonParseException e) {
      return null;
    }
  }

  private boolean isFresh(long expires) {
    return clock.instant().getEpochSecond() < expires;
  }

  private boolean isFirst(String state, Owner owner) {
    return used.isFirst(owner.tenant(), Sealed.nonce(state));
  }

  /** A hash of whose call it is, and of which. */
  static String binding(Owner owner, String tool, @Nullable JsonObject arguments) {
    JsonOutput out = JsonOutput.plain().beginArray().string(owner.tenant());
    out.string(owner.chainId()).string(tool);
    out.sortedValue(arguments == null ? JsonObject.EMPTY : arguments).endArray();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(out.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }
}
