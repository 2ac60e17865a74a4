package app.intentgate.check.run;

import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.token.OnBehalfOf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an approval of a call is bound to. */
final class ApprovalBindings {
  private ApprovalBindings() {}

  static ApprovalBinding of(Call call, Caller caller, PolicyVerdict verdict) {
    ApprovalTerms.Standing standing = terms(caller, verdict).standing();
    OnBehalfOf.Principal user = caller.user();
    return new ApprovalBinding(
        caller.tenant(),
        caller.tokenId(),
        caller.chainId(),
        caller.agentId(),
        user == null ? "" : user.user(),
        call.tool(),
        sha256(call.arguments()),
        standing == null ? "" : sha256(covered(call.arguments(), standing.arguments())),
        identity(verdict));
  }

  /**
   * The policy's hash, and the bundle that decided where there is one, so that another revision
   * asks again (B14).
   */
  static String identity(PolicyVerdict verdict) {
    PolicyBundle bundle = verdict.bundle();
    String sha256 = verdict.sha256();
    return bundle == null ? sha256 : sha256 + " " + bundle.id() + " " + bundle.revision();
  }

  /** Who has to agree; a standing grant is for the holder of a token alone. */
  static ApprovalTerms terms(Caller caller, PolicyVerdict verdict) {
    ApprovalTerms asked = verdict.approval();
    return caller.isAuthenticated() ? asked : asked.forOneCall();
  }

  /**
   * The arguments a standing grant is bound to: all, or those named, and then which those are, so
   * that a grant never covers a call of which the policy named others.
   */
  private static @Nullable JsonObject covered(@Nullable JsonObject arguments, List<String> names) {
    if (names.isEmpty()) {
      return arguments;
    }
    JsonObject.Builder out = JsonObject.builder(names.size());
    for (String name : names) {
      JsonValue value = arguments == null ? null : arguments.get(name);
      out.put(name, value == null ? JsonArray.EMPTY : JsonArray.of(value));
    }
    return out.build();
  }

  /** Hex SHA-256 of the arguments with members sorted; none counts as an empty object. */
  static String sha256(@Nullable JsonObject arguments) {
    byte[] canonical = JsonWriter.toSortedBytes(arguments == null ? JsonObject.EMPTY : arguments);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
