package app.intentgate.token;

import app.intentgate.json.JsonOutput;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the signatures of a token: the first over the payload with the master key, each
 * further one over a caveat with the signature before as its key (contract 1.3). The result holds
 * all of them, 32 bytes each, so that what is derived from any prefix needs no second pass.
 */
final class SignatureChain {
  private static final Pool<JsonOutput> OUTPUTS = new Pool<>(JsonOutput::htmlSafe);

  /** How many places are tried at which an SDK may have taken over from the gate (B7). */
  private static final int MAX_SPLITS = 8;

  /**
   * Of longer chains no form of an SDK is tried: no SDK makes them, and anyone can send one whose
   * every try costs as much as the canonical form did.
   */
  static final int MAX_SDK_CAVEATS = 100;

  private SignatureChain() {}

  /** The signatures of a token by its canonical bytes. */
  static byte[] canonical(MasterKey key, CapabilityToken token) {
    byte[] signatures = new byte[(token.caveats().size() + 1) * Hmac.LENGTH];
    Hmac hmac = Hmac.POOL.take();
    JsonOutput out = OUTPUTS.take();
    TokenJson.writePayload(token, out.reset());
    hmac.sign(key.bytes(), 0, key.bytes().length, out, signatures, 0);
    List<Caveat> caveats = token.caveats();
    for (int i = 0; i < caveats.size(); i++) {
      Caveat caveat = caveats.get(i);
      caveat.members().write(caveat.type(), out.reset());
      hmac.sign(signatures, i * Hmac.LENGTH, Hmac.LENGTH, out, signatures, (i + 1) * Hmac.LENGTH);
    }
    OUTPUTS.give(out.reset());
    Hmac.POOL.give(hmac);
    return signatures;
  }

  /** Whether the last of these signatures is the given one; takes the same time either way. */
  static boolean endsWith(byte[] signatures, byte[] signature) {
    return MessageDigest.isEqual(
        Arrays.copyOfRange(signatures, signatures.length - Hmac.LENGTH, signatures.length),
        signature);
  }

  /**
   * The signatures of a token whose last caveats were signed by a public SDK, which escapes other
   * characters than the gate (B7), or null when those forms do not lead to the signature either, or
   * it has more than {@link #MAX_SDK_CAVEATS}.
   */
  static byte @Nullable [] sdkSigned(byte[] canonical, CapabilityToken token, byte[] signature) {
    if (token.caveats().size() > MAX_SDK_CAVEATS) {
      return null;
    }
    byte[] found = sdkSigned(JsonOutput::plain, canonical, token, signature);
    return found != null ? found : sdkSigned(JsonOutput::ascii, canonical, token, signature);
  }

  private static byte @Nullable [] sdkSigned(
      Supplier<JsonOutput> form, byte[] canonical, CapabilityToken token, byte[] signature) {
    List<Caveat> caveats = token.caveats();
    List<byte[]> forms = new ArrayList<>(caveats.size());
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < caveats.size(); i++) {
      byte[] ours = canonicalBytes(caveats.get(i));
      byte[] theirs = bytes(caveats.get(i), form.get());
      forms.add(theirs);
      if (!Arrays.equals(ours, theirs)) {
        differing.add(i);
      }
    }
    for (int split : splits(differing)) {
      byte[] signatures = canonical.clone();
      for (int i = split; i < forms.size(); i++) {
        byte[] key = Arrays.copyOfRange(signatures, i * Hmac.LENGTH, (i + 1) * Hmac.LENGTH);
        byte[] next = Hmac.of(key, forms.get(i));
        System.arraycopy(next, 0, signatures, (i + 1) * Hmac.LENGTH, Hmac.LENGTH);
      }
      if (endsWith(signatures, signature)) {
        return signatures;
      }
    }
    return null;
  }

  /** The first and the last of many: an SDK made all of them, or only the newest. */
  private static List<Integer> splits(List<Integer> differing) {
    int count = differing.size();
    if (count <= MAX_SPLITS) {
      return differing;
    }
    List<Integer> ends = new ArrayList<>(differing.subList(0, MAX_SPLITS / 2));
    ends.addAll(differing.subList(count - MAX_SPLITS / 2, count));
    return ends;
  }

  /** What is signed of a caveat. */
  static byte[] canonicalBytes(Caveat caveat) {
    return bytes(caveat, JsonOutput.htmlSafe());
  }

  private static byte[] bytes(Caveat caveat, JsonOutput out) {
    caveat.members().write(caveat.type(), out);
    return out.toByteArray();
  }
}
