package app.intentgate;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditEventBuilder;
import app.intentgate.audit.AuditEventNames;
import app.intentgate.audit.AuditStore;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.Stages;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenMinter;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What operators do to tokens; each act is on the audit chain before it is answered (B31). */
final class OperatorActions {
  private final TokenMinter minter;
  private final RevocationStore revocations;
  private final AuditStore audit;
  private final Clock clock;

  OperatorActions(TokenMinter minter, RevocationStore revocations, AuditStore audit, Clock clock) {
    this.minter = minter;
    this.revocations = revocations;
    this.audit = audit;
    this.clock = clock;
  }

  CompletionStage<MintedToken> mint(Grant grant, Operator operator) {
    CapabilityToken token = minter.mint(grant);
    AuditEvent event =
        event(operator, "admin/mint")
            .decision(AuditDecision.ALLOW)
            .check("capability")
            .reason("token minted for subject=" + token.subject())
            .tenant(token.tenant())
            .agentId(token.subject())
            .capabilityTokenId(token.id())
            .rootCapabilityTokenId(token.rootId())
            .caveatCount(token.caveats().size())
            .chainId(token.chainId())
            .build();
    return Stages.map(audit.append(event), stored -> new MintedToken(token, expiryOf(token)));
  }

  private static @Nullable Instant expiryOf(CapabilityToken token) {
    for (Caveat caveat : token.caveats()) {
      if (caveat instanceof Caveat.Expiry expiry) {
        return Instant.ofEpochSecond(expiry.epochSecond());
      }
    }
    return null;
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

  private AuditEventBuilder event(Operator operator, String action) {
    return AuditEvent.builder()
        .event(AuditEventNames.ADMIN)
        .at(clock.instant())
        .tool(action)
        .principal(operator.principal())
        .actor(operator.label())
        .remoteIp(operator.remoteAddress())
        .elevationId(operator.elevationId());
  }
}
