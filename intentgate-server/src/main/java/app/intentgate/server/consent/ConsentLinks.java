package app.intentgate.server.consent;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.token.KeyRing;
import app.intentgate.token.MasterKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Links under which the person behind an agent agrees to one call: its pending id, signed by a key
 * derived from the gate's. A link lasts as long as the call waits, and works once, because that
 * person's vote counts once. Whoever has the link is taken for that person.
 */
public final class ConsentLinks {
  /** The path before the token of a link. */
  public static final String PATH = "/v1/consent/";

  private static final Pattern TOKEN =
      Pattern.compile("([A-Za-z0-9_-]{1,64})\\.([A-Za-z0-9_-]{43})");

  private final KeyRing keys;
  private final String base;

  /**
   * Links to a gate.
   *
   * @param keys signs and verifies
   * @param publicUrl where people reach the gate
   */
  public ConsentLinks(KeyRing keys, URI publicUrl) {
    this.keys = keys;
    String text = publicUrl.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** The link of a row, or null when it does not wait for that person. */
  public @Nullable String of(Approval row) {
    return waitsForUser(row)
        ? base + PATH + row.id() + "." + encode(sign(keys.newest(), row.id()))
        : null;
  }

  /** Whether a row waits for the person behind the agent. */
  static boolean waitsForUser(Approval row) {
    return row.status() == Approval.Status.PENDING
        && row.voidReason() == null
        && row.request().terms().by() != ApprovalTerms.By.OPERATOR
        && row.votes().stream().noneMatch(ApprovalDecision::byUser);
  }

  /** The pending id of a link's token, or null when this gate did not make it. */
  @Nullable String read(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return null;
    }
    byte[] presented = parts.group(2).getBytes(StandardCharsets.US_ASCII);
    boolean good = false;
    for (MasterKey key : keys.keys()) {
      byte[] expected = encode(sign(key, parts.group(1))).getBytes(StandardCharsets.US_ASCII);
      good |= MessageDigest.isEqual(expected, presented);
    }
    return good ? parts.group(1) : null;
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sign(MasterKey key, String id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.derive("intentgate-consent-v1"), "HmacSHA256"));
      return mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
