package app.intentgate.token;

import app.intentgate.json.JsonOutput;
import app.intentgate.token.TokenException.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a token says. That it was decoded does not mean that any of it is true: only a {@link
 * VerifiedToken} is. {@link #attenuate} needs no key. Immutable and thread-safe; {@link #encode} is
 * the token itself and secret, {@link #toString} is not.
 *
 * @param version the schema, {@code v}; this gate knows 4
 * @param id the token's id, {@code jti}, which its children share
 * @param rootId the id of the token it descends from, {@code root_jti}
 * @param issuer who issued it, {@code iss}
 * @param tenant the tenant it belongs to
 * @param zone the zone of its agent
 * @param subject the agent's id, {@code sub}
 * @param issuedAt when it was issued, {@code iat}, in seconds since 1970
 * @param notBefore the first second it is valid in, {@code nbf}; 0 when there is none
 * @param caveats its restrictions, oldest first
 * @param signature the last signature of the chain, {@code sig}, as base64url
 */
public record CapabilityToken(
    long version,
    String id,
    String rootId,
    String issuer,
    String tenant,
    String zone,
    String subject,
    long issuedAt,
    long notBefore,
    List<Caveat> caveats,
    String signature) {
  /** The schema this gate mints and accepts. */
  public static final long VERSION = 4;

  /**
   * The longest encoded token that is read, in characters: far beyond what any SDK makes (a hundred
   * caveats with long lists), and little enough to be refused in about a millisecond for each key
   * of the ring. The escapes of SDKs are understood up to a hundred caveats.
   */
  public static final int MAX_ENCODED_LENGTH = 64 * 1024;

  /** The most caveats a token that is read may have. */
  public static final int MAX_CAVEATS = 1_000;

  /** Copies the list. */
  public CapabilityToken {
    caveats = List.copyOf(caveats);
  }

  /**
   * Reads a token's text, in its one spelling (B6).
   *
   * @throws TokenException with {@code TOO_LARGE}, {@code NOT_BASE64URL} or {@code MALFORMED_JSON}
   */
  public static CapabilityToken decode(String text) {
    return TokenReader.read(text);
  }

  /** The token as text, to be sent after {@code Bearer }. */
  public String encode() {
    return Base64Url.encode(TokenJson.encode(this));
  }

  /** Whether nothing says that it descends from another token. */
  public boolean isRoot() {
    return id.equals(rootId);
  }

  /**
   * A child that is restricted further. Works offline, since each signature is the key of the next.
   *
   * @throws TokenException with {@code NOT_ATTENUABLE} when this token is incomplete, with {@code
   *     INVALID_PATTERN} when the caveat's tool patterns are malformed (B10), with {@code
   *     INVALID_GRANT} when a text of it holds half a surrogate pair (B6)
   */
  public CapabilityToken attenuate(Caveat caveat) {
    if (rootId.isEmpty() || tenant.isEmpty() || zone.isEmpty()) {
      throw new TokenException(
          Code.NOT_ATTENUABLE,
          "cannot attenuate a token without root_jti, tenant and zone: mint a new one");
    }
    byte[] parent = Base64Url.decode(signature);
    if (parent == null || parent.length != Hmac.LENGTH) {
      throw new TokenException(
          Code.NOT_ATTENUABLE, "cannot attenuate a token whose signature is not valid base64url");
    }
    caveat.members().tools().orThrow();
    caveat.members().requireWellFormed(caveat.type());
    List<Caveat> longer = new ArrayList<>(caveats.size() + 1);
    longer.addAll(caveats);
    longer.add(caveat);
    return with(longer, Base64Url.encode(Hmac.of(parent, SignatureChain.canonicalBytes(caveat))));
  }

  /** This token with another signature. */
  CapabilityToken signed(byte[] otherSignature) {
    return with(caveats, Base64Url.encode(otherSignature));
  }

  /** A child that is restricted further by several caveats, in this order. */
  public CapabilityToken attenuate(List<? extends Caveat> caveats) {
    CapabilityToken child = this;
    for (Caveat caveat : caveats) {
      child = child.attenuate(caveat);
    }
    return child;
  }

  private CapabilityToken with(List<Caveat> otherCaveats, String otherSignature) {
    return new CapabilityToken(
        version,
        id,
        rootId,
        issuer,
        tenant,
        zone,
        subject,
        issuedAt,
        notBefore,
        otherCaveats,
        otherSignature);
  }

  /**
   * The name of this very token among all that share its id (B11): a hash of its signature, 43
   * characters, fit to be shown, and accepted where tokens are revoked.
   *
   * @throws TokenException with {@code SIGNATURE_ENCODING} when the signature is not 32 bytes
   */
  public String chainId() {
    byte[] raw = Base64Url.decode(signature);
    if (raw == null || raw.length != Hmac.LENGTH) {
      throw new TokenException(Code.SIGNATURE_ENCODING, "signature is not valid base64url");
    }
    return ChainId.of(raw, 0);
  }

  /** The bytes the first signature is made over: all members but caveats and signature. */
  byte[] payload() {
    JsonOutput out = JsonOutput.htmlSafe();
    TokenJson.writePayload(this, out);
    return out.toByteArray();
  }

  /** What the token says, without the signature that makes it usable. */
  @Override
  public String toString() {
    return "CapabilityToken["
        + new String(payload(), StandardCharsets.UTF_8)
        + ", "
        + caveats.size()
        + " caveats]";
  }
}
