package app.intentgate.check;

import app.intentgate.approval.Approval;
import app.intentgate.check.ApprovalDesk.Finding;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
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
  private final ToolGuard tools;
  private final PolicyCheck policy;
  private final ApprovalDesk approvals;
  private final BudgetCheck budget;
  private final CheckObserver observer;
  private final boolean onlyObserve;

  /**
   * A pipeline of these checks.
   *
   * @param tools asked between intent and policy
   * @param onlyObserve whether a refusal is found and recorded, and the call goes on; see {@link
   *     #goesOn}
   */
  public CheckPipeline(
      CapabilityCheck capability,
      IntentCheck intent,
      ToolGuard tools,
      PolicyCheck policy,
      ApprovalDesk approvals,
      BudgetCheck budget,
      CheckObserver observer,
      boolean onlyObserve) {
    this.capability = capability;
    this.intent = intent;
    this.tools = tools;
    this.policy = policy;
    this.approvals = approvals;
    this.budget = budget;
    this.observer = observer;
    this.onlyObserve = onlyObserve;
  }

  /**
   * Whether a call that is refused, or should wait for a human, goes on all the same because this
   * pipeline only observes. A caller that does not prove who it is, an expired or revoked token and
   * a kill switch still refuse.
   */
  public boolean goesOn(Call call, Judgement judgement, long nowMillis) {
    Refusal refusal = judgement.refusal();
    if (!onlyObserve || judgement.allowed()) {
      return false;
    }
    if (refusal != null && refusal.code() == DenialCode.CAPABILITY) {
      return capability.admit(call.credential(), call.onBehalfOf(), nowMillis) instanceof Pass;
    }
    return refusal == null || refusal.code() != DenialCode.CLIENT_LEFT;
  }

  /** Judges a call. */
  public CompletionStage<Judgement> judge(Call call, Patience patience, long nowMillis) {
    return judge(new Judging(call, call.approvalId(), null, patience, nowMillis, false));
  }

  /**
   * What would be found about a call now, up to its budget: nobody is asked, nothing is charged or
   * counted. A call that would have to wait for a human is waiting, for no approval.
   */
  public CompletionStage<Judgement> foresee(Call call, long nowMillis) {
    return judge(new Judging(call, null, null, Patience.none(), nowMillis, true));
  }

  /**
   * Judges a call again that waited for a human: everything but its intent, which is what the user
   * said and does not change (B15).
   *
   * @param id the approval it waited for
   * @param before what was found before it waited
   */
  public CompletionStage<Judgement> judgeAgain(
      Call call, String id, Judgement before, Patience patience, long nowMillis) {
    return judge(new Judging(call, id, before, patience, nowMillis, false));
  }

  /**
   * A call that is being judged.
   *
   * @param named the approval it names, or null
   * @param before what was found before it waited, or null the first time
   * @param ahead whether this only says what would be
   */
  private record Judging(
      Call call,
      @Nullable String named,
      @Nullable Judgement before,
      Patience patience,
      long nowMillis,
      boolean ahead) {}

  private CompletionStage<Judgement> judge(Judging judging) {
    Call call = judging.call();
    long nowMillis = judging.nowMillis();
    long start = System.nanoTime();
    Outcome<Caller> who = capability.check(call, nowMillis);
    Caller caller = who.found();
    observe(judging, CheckName.CAPABILITY, who, caller.isAuthenticated(), start);
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
    Judgement before = judging.before();
    if (before != null) {
      return afterIntent(judging, caller, new Pass<>(before.intent()));
    }
    long intentStart = System.nanoTime();
    return Stages.then(
        intent.check(call, caller),
        found -> {
          observe(judging, CheckName.INTENT, found, found.found().isPresent(), intentStart);
          return afterIntent(judging, caller, found);
        });
  }

  private void observe(
      Judging judging, CheckName check, Outcome<?> outcome, boolean hadSomething, long start) {
    if (judging.ahead()) {
      return;
    }
    CheckObserver.Verdict verdict =
        outcome instanceof Deny<?>
            ? CheckObserver.Verdict.BLOCK
            : hadSomething ? CheckObserver.Verdict.ALLOW : CheckObserver.Verdict.SKIP;
    observer.checked(check, verdict, System.nanoTime() - start);
  }

  private CompletionStage<Judgement> afterIntent(
      Judging judging, Caller caller, Outcome<Optional<Intent>> outcome) {
    Call call = judging.call();
    Optional<Intent> found = outcome.found();
    if (outcome instanceof Deny<Optional<Intent>> deny) {
      return done(
          new Judgement(
              caller, true, found, policy.sha256For(caller), null, null, deny.refusal(), false));
    }
    long start = System.nanoTime();
    String objection = tools.objection(call.tool());
    if (objection != null) {
      Refusal refusal = Refusal.of(DenialCode.TOOL_QUARANTINED, objection);
      observe(judging, CheckName.TOOL_SCHEMA, new Deny<>(refusal, found), true, start);
      return done(
          new Judgement(caller, true, found, policy.sha256For(caller), null, null, refusal, false));
    }
    return Stages.then(
        policy.check(call, caller, found),
        decided -> {
          observe(judging, CheckName.POLICY, decided, true, start);
          return afterPolicy(judging, caller, found, decided);
        });
  }

  private CompletionStage<Judgement> afterPolicy(
      Judging judging,
      Caller caller,
      Optional<Intent> found,
      Outcome<PolicyCheck.Verdict> decided) {
    PolicyCheck.Verdict verdict = decided.found();
    if (decided instanceof Deny<PolicyCheck.Verdict> deny) {
      return done(judged(caller, found, verdict, null, deny.refusal(), false));
    }
    if (decided instanceof Escalate<PolicyCheck.Verdict> && (onlyObserve || judging.ahead())) {
      // Nobody is asked about a call that does not wait for the answer.
      return done(judged(caller, found, verdict, null, null, true));
    }
    if (decided instanceof Escalate<PolicyCheck.Verdict>) {
      String summary = found.map(Intent::summary).orElse("");
      return Stages.then(
          approvals.ask(
              judging.call(), judging.named(), caller, verdict, summary, judging.patience()),
          finding -> afterApproval(judging, caller, found, verdict, finding));
    }
    return charge(judging, caller, found, verdict, null);
  }

  private CompletionStage<Judgement> afterApproval(
      Judging judging,
      Caller caller,
      Optional<Intent> found,
      PolicyCheck.Verdict verdict,
      Finding finding) {
    if (finding instanceof Finding.Waiting waiting) {
      return done(judged(caller, found, verdict, waiting.approval(), null, true));
    }
    if (finding instanceof Finding.Refused refused) {
      return done(judged(caller, found, verdict, refused.approval(), refused.refusal(), false));
    }
    Approval approval = ((Finding.Granted) finding).approval();
    return charge(judging, caller, found, verdict, approval);
  }

  private CompletionStage<Judgement> charge(
      Judging judging,
      Caller caller,
      Optional<Intent> found,
      PolicyCheck.Verdict verdict,
      @Nullable Approval approval) {
    if (judging.ahead()) {
      return done(judged(caller, found, verdict, approval, null, false));
    }
    long start = System.nanoTime();
    return Stages.map(
        budget.check(judging.call(), caller, verdict.decision(), judging.nowMillis()),
        charged -> {
          observe(judging, CheckName.BUDGET, charged, caller.isAuthenticated(), start);
          return judged(
              caller,
              found,
              verdict,
              approval,
              charged instanceof Deny<Integer> deny ? deny.refusal() : null,
              false);
        });
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
