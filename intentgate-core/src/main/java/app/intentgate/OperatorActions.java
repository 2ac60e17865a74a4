package app.intentgate;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditStore;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.operator.Operator;
import app.intentgate.operator.OperatorEvents;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.Stages;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import app.intentgate.token.Limit;
import app.intentgate.token.TokenMinter;
import app.intentgate.token.TokenVerifier;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * What operators do to tokens and agents; each act is on the audit chain before it is answered
 * (B31).
 */
final class OperatorActions {
  private final TokenMinter minter;
  private final TokenVerifier verifier;
  private final RevocationStore revocations;
  private final KillSwitchStore killSwitches;
  private final AuditStore audit;
  private final Clock clock;

  OperatorActions(
      TokenMinter minter,
      TokenVerifier verifier,
      RevocationStore revocations,
      KillSwitchStore killSwitches,
      AuditStore audit,
      Clock clock) {
    this.minter = minter;
    this.verifier = verifier;
    this.killSwitches = killSwitches;
    this.revocations = revocations;
    this.audit = audit;
    this.clock = clock;
  }

  CompletionStage<MintedToken> mint(Grant grant, Operator operator) {
    MintedToken made = made(grant);
    AuditEvent event =
        minted(event(operator, "admin/mint"), made)
            .reason("token minted for subject=" + made.token().subject())
            .build();
    return Stages.map(audit.append(event), stored -> made);
  }

  /** A new token; of several expiries, it ends with the first, as for whoever verifies it. */
  private MintedToken made(Grant grant) {
    CapabilityToken token = minter.mint(grant);
    Long expiresAt = verifier.verify(token.encode()).expiresAt();
    return new MintedToken(token, expiresAt == null ? null : Instant.ofEpochSecond(expiresAt));
  }

  CompletionStage<Void> revoke(String id, String reason, Operator operator) {
    Revocation revocation = new Revocation(id, operator.tenant(), clock.instant(), reason);
    AuditEventBuilder event =
        event(operator, "admin/revoke")
            .decision(AuditDecision.BLOCK)
            .check("capability")
            .reason("token revoked: " + reason)
            .tenant(operator.tenant());
    AuditEvent built =
        revocation.mayBeChainId() ? event.chainId(id).build() : event.capabilityTokenId(id).build();
    return Stages.then(
        revocations.revoke(revocation),
        entry -> Stages.map(audit.append(built), stored -> (Void) null));
  }

  CompletionStage<MintedToken> grantException(
      Grant grant, String reference, String approvedBy, String reason, Operator operator) {
    MintedToken made = made(grant);
    AuditEvent event =
        minted(event(operator, "admin/exception-grant"), made)
            .reason(
                "exception granted: ref="
                    + reference
                    + (approvedBy.isEmpty() ? "" : " approved_by=" + approvedBy)
                    + (reason.isEmpty() ? "" : " reason=" + reason))
            .build();
    return Stages.map(audit.append(event), stored -> made);
  }

  private AuditEventBuilder minted(AuditEventBuilder event, MintedToken made) {
    CapabilityToken token = made.token();
    return event
        .decision(AuditDecision.ALLOW)
        .check("capability")
        .tenant(token.tenant())
        .agentId(token.subject())
        .capabilityTokenId(token.id())
        .rootCapabilityTokenId(token.rootId())
        .caveatCount(token.caveats().size())
        .chainId(token.chainId())
        .argValues(terms(made));
  }

  /** How long a token lasts, how often it may be used, and where that is counted. */
  private JsonObject terms(MintedToken made) {
    JsonObject.Builder terms = JsonObject.builder();
    Instant expiry = made.expiresAt();
    if (expiry != null) {
      terms.put("expires_at", JsonString.of(expiry.toString()));
    }
    for (Limit limit : verifier.verify(made.token().encode()).limits()) {
      if (limit instanceof Limit.Calls calls) {
        terms.put("max_calls", JsonNumber.of(calls.calls()));
        terms.put("max_calls_counter", calls.counter());
      }
    }
    return terms.build();
  }

  /** In force before it is recorded: what is halted stays so, even should recording fail. */
  CompletionStage<KillSwitchEntry> engage(KillSwitchEntry entry, Operator operator) {
    AuditEvent event =
        halt(event(operator, "admin/kill-switch/engage"), entry)
            .decision(AuditDecision.BLOCK)
            .reason("kill switch engaged: " + described(entry))
            .build();
    return Stages.then(
        killSwitches.engage(entry), engaged -> Stages.map(audit.append(event), stored -> engaged));
  }

  /** Recorded before it is let go. */
  CompletionStage<Boolean> release(KillSwitchEntry entry, Operator operator) {
    AuditEvent event =
        halt(event(operator, "admin/kill-switch/release"), entry)
            .decision(AuditDecision.ALLOW)
            .reason("kill switch released: " + described(entry))
            .build();
    return Stages.then(
        audit.append(event),
        stored -> killSwitches.release(entry.scope(), entry.tenant(), entry.agent()));
  }

  private static AuditEventBuilder halt(AuditEventBuilder event, KillSwitchEntry entry) {
    return event.check("capability").tenant(entry.tenant()).agentId(entry.agent());
  }

  private static String described(KillSwitchEntry entry) {
    return "scope=" + entry.scope().wireName() + " reason=" + entry.reason();
  }

  private AuditEventBuilder event(Operator operator, String action) {
    return OperatorEvents.event(operator, action, clock.instant());
  }
}
