package app.intentgate.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Proves that a gate, and no holder of the token, said when the person stepped up (B9): an HMAC
 * over token id and time, with a key derived from the master key for this purpose.
 */
final class StepUpProof {
  private StepUpProof() {}

  static String of(MasterKey key, String tokenId, long epochSecond) {
    return Base64Url.encode(
        Hmac.of(
            key.stepUpKey(),
            tokenId.getBytes(StandardCharsets.UTF_8),
            new byte[] {0},
            Long.toString(epochSecond).getBytes(StandardCharsets.US_ASCII)));
  }

  /** The newest proven step-up of a token in seconds since 1970, or 0 when there is none. */
  static long newest(MasterKey key, String tokenId, List<Caveat> caveats) {
    long newest = 0;
    for (int i = 0; i < caveats.size(); i++) {
      if (caveats.get(i) instanceof Caveat.StepUp stepUp
          && stepUp.epochSecond() > newest
          && !stepUp.proof().isEmpty()
          && proves(key, tokenId, stepUp)) {
        newest = stepUp.epochSecond();
      }
    }
    return newest;
  }

  private static boolean proves(MasterKey key, String tokenId, Caveat.StepUp stepUp) {
    return MessageDigest.isEqual(
        of(key, tokenId, stepUp.epochSecond()).getBytes(StandardCharsets.UTF_8),
        stepUp.proof().getBytes(StandardCharsets.UTF_8));
  }
}
