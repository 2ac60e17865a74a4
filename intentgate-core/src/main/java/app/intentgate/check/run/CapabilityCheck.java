package app.intentgate.check.run;

import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.Credential;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Refusal;
import app.intentgate.check.RiskSource;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.StoreUnavailableException;
import app.intentgate.token.Callee;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.CaveatCheck;
import app.intentgate.token.CaveatRefusal;
import app.intentgate.token.CaveatRequest;
import app.intentgate.token.OnBehalfOf;
import app.intentgate.token.TokenException;
import app.intentgate.token.TokenVerifier;
import app.intentgate.token.VerifiedToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The first check: a token of this gate, neither stopped nor revoked, whose caveats permit the
 * call. Answers from memory; the order of what is looked at is that of runtime.md 3.2.
 */
public final class CapabilityCheck {
  private final TokenVerifier verifier;
  private final RevocationStore revocations;
  private final KillSwitchStore killSwitches;
  private final RiskSource risks;
  private final Settings settings;
  private final FaultLog riskFaults =
      new FaultLog("the risk source failed, tokens with a risk ceiling are refused");
  private final FaultLog storeFaults =
      new FaultLog("revocations or kill switches cannot be read, calls are refused");

  /**
   * How strict the check is.
   *
   * @param tokenRequired whether a call without a token is refused
   * @param ignoreUnknownRisk whether a risk ceiling passes while no risk is known (B8)
   * @param agentPrefix what the names of tools that are other agents start with
   * @param onBehalfOf verifies on-behalf-of tokens; null refuses every one
   */
  public record Settings(
      boolean tokenRequired,
      boolean ignoreUnknownRisk,
      String agentPrefix,
      @Nullable OnBehalfOf onBehalfOf) {}

  /** A check. */
  public CapabilityCheck(
      TokenVerifier verifier,
      RevocationStore revocations,
      KillSwitchStore killSwitches,
      RiskSource risks,
      Settings settings) {
    this.verifier = verifier;
    this.revocations = revocations;
    this.killSwitches = killSwitches;
    this.risks = risks;
    this.settings = settings;
  }

  /** Checks a call; the value is who makes it, as far as that was verified. */
  public Outcome<Caller> check(Call call, long nowMillis) {
    Outcome<Caller> admitted = identify(call.credential(), call.onBehalfOf(), nowMillis);
    if (!(admitted instanceof Pass<Caller> pass)) {
      return admitted;
    }
    Caller caller = pass.value();
    VerifiedToken token = caller.token();
    if (token == null) {
      return admitted;
    }
    CaveatRefusal refusal = CaveatCheck.refusal(token, request(caller, call.tool(), nowMillis));
    return refusal == null ? admitted : deny(refused(refusal), caller);
  }

  /**
   * Who presents a credential, without a call: the same checks up to and including expiry, but none
   * of the caveats about tools.
   */
  public Outcome<Caller> admit(Credential credential, @Nullable String onBehalfOf, long nowMillis) {
    Outcome<Caller> admitted = identify(credential, onBehalfOf, nowMillis);
    if (!(admitted instanceof Pass<Caller> pass)) {
      return admitted;
    }
    VerifiedToken token = pass.value().token();
    if (token == null) {
      return admitted;
    }
    // East-west leaves the lists of tools out; what is left is about time, agent and unknown types.
    CaveatRefusal refusal =
        CaveatCheck.refusal(token, request(pass.value(), "", nowMillis).withEastWest(true));
    return refusal == null ? admitted : deny(refused(refusal), pass.value());
  }

  /** Whether a caller's token permits a tool at all, budgets and stores aside. */
  public boolean mayCall(Caller caller, String tool, long nowMillis) {
    VerifiedToken token = caller.token();
    return token == null
        ? !settings.tokenRequired
        : CaveatCheck.refusal(token, request(caller, tool, nowMillis)) == null;
  }

  private Outcome<Caller> identify(
      Credential credential, @Nullable String onBehalfOf, long nowMillis) {
    if (credential instanceof Credential.Unusable unusable) {
      return unauthenticated(unusable.reason(), Caller.ANONYMOUS);
    }
    if (!(credential instanceof Credential.Bearer bearer)) {
      return anonymous();
    }
    VerifiedToken token;
    try {
      token = verifier.verify(bearer.text());
    } catch (TokenException e) {
      return unauthenticated(messageOf(e), Caller.ANONYMOUS);
    }
    Caller caller = Caller.of(token);
    if (bearer.notAfter() != 0 && Math.floorDiv(nowMillis, 1000L) >= bearer.notAfter()) {
      return unauthenticated("token expired", caller);
    }
    Refusal stopped = stopped(caller.tenant(), caller.agentId());
    if (stopped != null) {
      return deny(stopped, caller);
    }
    Refusal revoked = revoked(token);
    if (revoked != null) {
      return deny(revoked, caller);
    }
    if (onBehalfOf == null || onBehalfOf.isBlank()) {
      return new Pass<>(caller);
    }
    return actingFor(caller, onBehalfOf.strip(), nowMillis);
  }

  /** A call without a token still meets the global kill switch (B13, B45). */
  private Outcome<Caller> anonymous() {
    if (settings.tokenRequired) {
      return unauthenticated(
          "capability token required (INTENTGATE_REQUIRE_CAPABILITY=true)", Caller.ANONYMOUS);
    }
    Refusal stopped = stopped("", "");
    return stopped == null ? new Pass<>(Caller.ANONYMOUS) : deny(stopped, Caller.ANONYMOUS);
  }

  private @Nullable Refusal stopped(String tenant, String agentId) {
    KillSwitchEntry engaged;
    try {
      engaged = killSwitches.engaged(tenant, agentId);
    } catch (RuntimeException e) {
      unreadable(e);
      return Refusal.of(
          DenialCode.CAPABILITY, "kill switch store unavailable; request halted (fail-closed)");
    }
    return engaged == null
        ? null
        : Refusal.of(
            DenialCode.CAPABILITY, "halted by kill switch (" + engaged.scope().wireName() + ")");
  }

  private @Nullable Refusal revoked(VerifiedToken token) {
    CapabilityToken claims = token.token();
    try {
      boolean listed = revocations.isRevoked(claims.tenant(), claims.id());
      if (!listed && revocations.listsChainIds()) {
        for (String chainId : token.chainIds()) {
          listed |= revocations.isRevoked(claims.tenant(), chainId);
        }
      }
      return listed ? Refusal.unauthenticated("token revoked") : null;
    } catch (RuntimeException e) {
      unreadable(e);
      return Refusal.of(
          DenialCode.CAPABILITY, "revocation store unavailable; token rejected (fail-closed)");
    }
  }

  /** A store that is away says so itself; anything else it throws is told here. */
  private void unreadable(RuntimeException failure) {
    if (!(failure instanceof StoreUnavailableException)) {
      storeFaults.tell(failure);
    }
  }

  private Outcome<Caller> actingFor(Caller caller, String onBehalfOf, long nowMillis) {
    OnBehalfOf verify = settings.onBehalfOf;
    if (verify == null) {
      return denied("on-behalf-of token presented but gateway has no OBO key configured", caller);
    }
    OnBehalfOf.Principal person;
    try {
      person = verify.verify(onBehalfOf, Instant.ofEpochMilli(nowMillis));
    } catch (TokenException e) {
      return denied("invalid on-behalf-of token: " + messageOf(e), caller);
    }
    if (!person.agent().equals(caller.agentId())) {
      return denied("invalid on-behalf-of token: obo: issued for another agent", caller);
    }
    return new Pass<>(caller.actingFor(person));
  }

  private CaveatRequest request(Caller caller, String tool, long nowMillis) {
    long risk = CaveatRequest.UNKNOWN_RISK;
    boolean ignoreUnknownRisk = settings.ignoreUnknownRisk;
    try {
      risk = risks.riskOf(caller.tenant(), caller.agentId()).orElse((int) risk);
    } catch (RuntimeException e) {
      // That none is known may be ignored; that nobody can say may not.
      riskFaults.tell(e);
      ignoreUnknownRisk = false;
    }
    Callee callee =
        !settings.agentPrefix.isEmpty() && tool.startsWith(settings.agentPrefix)
            ? new Callee(tool.substring(settings.agentPrefix.length()).strip(), "")
            : null;
    return new CaveatRequest(
        tool,
        caller.agentId(),
        Math.floorDiv(nowMillis, 1000L),
        callee,
        false,
        risk,
        ignoreUnknownRisk);
  }

  private static Refusal refused(CaveatRefusal refusal) {
    return new Refusal(DenialCode.CAPABILITY, refusal.text(), refusal.isAuthenticationFailure());
  }

  private static String messageOf(TokenException e) {
    return e.getMessage() == null ? "token is not valid" : e.getMessage();
  }

  private static Outcome<Caller> unauthenticated(String reason, Caller caller) {
    return deny(Refusal.unauthenticated(reason), caller);
  }

  private static Outcome<Caller> denied(String reason, Caller caller) {
    return deny(Refusal.of(DenialCode.CAPABILITY, reason), caller);
  }

  private static Outcome<Caller> deny(Refusal refusal, Caller caller) {
    return new Deny<>(refusal, caller);
  }
}
