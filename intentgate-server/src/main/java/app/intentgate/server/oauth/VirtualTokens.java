package app.intentgate.server.oauth;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenMinter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capabilities that stand for identities: one for each issuer, subject and client and what a
 * rule gives them, the same on every gate and for every access token of theirs. So limits count on
 * when a token is refreshed, and a revoked one stays revoked. Thread-safe.
 */
final class VirtualTokens {
  private static final Logger LOG = LoggerFactory.getLogger(VirtualTokens.class);

  /** How the ids of these begin. */
  static final String PREFIX = "oauth-";

  private static final int ID_BYTES = 24;

  /** The same on every gate and at every start, and not nought. */
  private static final Instant ISSUED = Instant.ofEpochSecond(1);

  private final TokenMinter minter;
  private final Mapping mapping;
  private final IntentGate gate;

  VirtualTokens(TokenMinter minter, Mapping mapping, IntentGate gate) {
    this.minter = minter;
    this.mapping = mapping;
    this.gate = gate;
  }

  /**
   * The capability for what a verified token says; that it was given is recorded.
   *
   * @throws OAuthRefusal when no rule gives any
   */
  String tokenFor(Claims claims) {
    MappingRule rule = mapping.ruleFor(claims);
    Grant grant = rule.grant(claims);
    CapabilityToken token = minter.mint(grant, id(claims), ISSUED);
    record(claims, rule, token);
    return token.encode();
  }

  /** The id of an identity, whatever the rule: revoking it revokes all that it is given. */
  private static String id(Claims claims) {
    JsonOutput identity = JsonOutput.plain().beginArray().string("intentgate-oauth-v1");
    identity.string(claims.required("iss")).string(claims.required("sub"));
    identity.string(claims.client()).endArray();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.toByteArray());
      return PREFIX
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void record(Claims claims, MappingRule rule, CapabilityToken token) {
    AuditEvent event =
        AuditEvent.builder()
            .event(AuditEventNames.TOKEN_EXCHANGE)
            .at(gate.now())
            .tool("oauth/exchange")
            .decision(AuditDecision.ALLOW)
            .reason("access token taken by rule " + rule.name())
            .tenant(token.tenant())
            .agentId(token.subject())
            .zone(token.zone())
            .capabilityTokenId(token.id())
            .rootCapabilityTokenId(token.rootId())
            .caveatCount(token.caveats().size())
            .chainId(token.chainId())
            .userSubject(claims.required("sub"))
            .userAttrs(
                JsonObject.of(
                    "iss",
                    JsonString.of(claims.required("iss")),
                    "client_id",
                    JsonString.of(claims.client())))
            .build();
    gate.record(event)
        .exceptionally(
            failure -> {
              LOG.error("an event could not be stored: {}", failure.toString());
              return null;
            });
  }
}
