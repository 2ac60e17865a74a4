package app.intentgate.check;

import app.intentgate.approval.Approval;
import app.intentgate.check.ApprovalDesk.Finding;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.intent.Intent;
import app.intentgate.store.Stages;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs the four checks in order; the first that does not pass ends the call. Blocks no thread:
 * where every stage is complete at once, so is the judgement. Thread-safe.
 */
public final class CheckPipeline {
  private final CapabilityCheck capability;
  private final IntentCheck intent;
  private final PolicyCheck policy;
  private final ApprovalDesk approvals;
  private final BudgetCheck budget;

  /** A pipeline of these checks. */
  public CheckPipeline(
      CapabilityCheck capability,
      IntentCheck intent,
      PolicyCheck policy,
      ApprovalDesk approvals,
      BudgetCheck budget) {
    this.capability = capability;
    this.intent = intent;
    this.policy = policy;
    this.approvals = approvals;
    this.budget = budget;
  }

  /** Judges a call. */
  public CompletionStage<Judgement> judge(Call call, long nowMillis) {
    Outcome<Caller> who = capability.check(call, nowMillis);
    Caller caller = who.found();
    if (who instanceof Deny<Caller> deny) {
      boolean identified = caller.isAuthenticated() || call.credential() instanceof Credential.None;
      return done(
          new Judgement(
              caller,
              identified,
              Optional.empty(),
              identified ? policy.sha256For(caller) : null,
              null,
              null,
              deny.refusal(),
              false));
    }
    return Stages.then(
        intent.check(call, caller), found -> afterIntent(call, caller, found, nowMillis));
  }

  private CompletionStage<Judgement> afterIntent(
      Call call, Caller caller, Outcome<Optional<Intent>> outcome, long nowMillis) {
    Optional<Intent> found = outcome.found();
    if (outcome instanceof Deny<Optional<Intent>> deny) {
      return done(
          new Judgement(
              caller, true, found, policy.sha256For(caller), null, null, deny.refusal(), false));
    }
    return Stages.then(
        policy.check(call, caller, found),
        decided -> afterPolicy(call, caller, found, decided, nowMillis));
  }

  private CompletionStage<Judgement> afterPolicy(
      Call call,
      Caller caller,
      Optional<Intent> found,
      Outcome<PolicyCheck.Verdict> decided,
      long nowMillis) {
    PolicyCheck.Verdict verdict = decided.found();
    if (decided instanceof Deny<PolicyCheck.Verdict> deny) {
      return done(judged(caller, found, verdict, null, deny.refusal(), false));
    }
    if (decided instanceof Escalate<PolicyCheck.Verdict>) {
      String summary = found.map(Intent::summary).orElse("");
      return Stages.then(
          approvals.ask(call, caller, verdict, summary),
          finding -> afterApproval(call, caller, found, verdict, finding, nowMillis));
    }
    return charge(call, caller, found, verdict, null, nowMillis);
  }

  private CompletionStage<Judgement> afterApproval(
      Call call,
      Caller caller,
      Optional<Intent> found,
      PolicyCheck.Verdict verdict,
      Finding finding,
      long nowMillis) {
    if (finding instanceof Finding.Waiting waiting) {
      return done(judged(caller, found, verdict, waiting.approval(), null, true));
    }
    if (finding instanceof Finding.Refused refused) {
      return done(judged(caller, found, verdict, refused.approval(), refused.refusal(), false));
    }
    Approval approval = ((Finding.Granted) finding).approval();
    return charge(call, caller, found, verdict, approval, nowMillis);
  }

  private CompletionStage<Judgement> charge(
      Call call,
      Caller caller,
      Optional<Intent> found,
      PolicyCheck.Verdict verdict,
      @Nullable Approval approval,
      long nowMillis) {
    return Stages.map(
        budget.check(call, caller, verdict.decision(), nowMillis),
        charged ->
            judged(
                caller,
                found,
                verdict,
                approval,
                charged instanceof Deny<Integer> deny ? deny.refusal() : null,
                false));
  }

  private static Judgement judged(
      Caller caller,
      Optional<Intent> found,
      PolicyCheck.Verdict verdict,
      @Nullable Approval approval,
      @Nullable Refusal refusal,
      boolean waiting) {
    return new Judgement(
        caller, true, found, verdict.sha256(), verdict, approval, refusal, waiting);
  }

  private static CompletionStage<Judgement> done(Judgement judgement) {
    return CompletableFuture.completedFuture(judgement);
  }
}
