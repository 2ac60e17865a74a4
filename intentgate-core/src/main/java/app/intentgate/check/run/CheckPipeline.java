package app.intentgate.check.run;

import app.intentgate.approval.Approval;
import app.intentgate.check.Call;
import app.intentgate.check.Caller;
import app.intentgate.check.CheckName;
import app.intentgate.check.CheckObserver;
import app.intentgate.check.Credential;
import app.intentgate.check.DenialCode;
import app.intentgate.check.Judgement;
import app.intentgate.check.Outcome;
import app.intentgate.check.Outcome.Deny;
import app.intentgate.check.Outcome.Escalate;
import app.intentgate.check.Outcome.Pass;
import app.intentgate.check.Patience;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.check.Refusal;
import app.intentgate.check.ToolGuard;
import app.intentgate.check.run.ApprovalDesk.Finding;
import app.intentgate.intent.Intent;
import app.intentgate.store.Stages;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs the four checks in order; the first that does not pass ends the call. Where a check had to
 * be waited for, the first is made again before the call goes on: a kill switch, a revocation and
 * an expiry meanwhile stop it. Blocks no thread: where every stage is complete at once, so is the
 * judgement. What others plugged in and fails refuses the call, or is ignored where it only
 * listens. Thread-safe.
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
  private final Clock clock;
  private final FaultLog guardFaults = new FaultLog("the tool guard failed, calls are refused");
  private final FaultLog observerFaults = new FaultLog("the check observer failed, and is ignored");

  /**
   * A pipeline of these checks.
   *
   * @param tools asked between intent and policy
   * @param onlyObserve whether a refusal is found and recorded, and the call goes on; see {@link
   *     #goesOn}
   * @param clock the time at which calls are judged
   */
  public CheckPipeline(
      CapabilityCheck capability,
      IntentCheck intent,
      ToolGuard tools,
      PolicyCheck policy,
      ApprovalDesk approvals,
      BudgetCheck budget,
      CheckObserver observer,
      boolean onlyObserve,
      Clock clock) {
    this.capability = capability;
    this.intent = intent;
    this.tools = tools;
    this.policy = policy;
    this.approvals = approvals;
    this.budget = budget;
    this.observer = observer;
    this.onlyObserve = onlyObserve;
    this.clock = clock;
  }

  /**
   * Whether a call that is refused, or should wait for a human, goes on all the same because this
   * pipeline only observes. A caller that does not prove who it is, an expired or revoked token and
   * a kill switch still refuse, also those that came while a check was waited for.
   */
  public boolean goesOn(Call call, Judgement judgement) {
    if (!onlyObserve || judgement.allowed()) {
      return false;
    }
    Refusal refusal = judgement.refusal();
    return refusal == null
        || (refusal.code() != DenialCode.CLIENT_LEFT
            && capability.admit(call.credential(), call.onBehalfOf(), clock.millis())
                instanceof Pass);
  }

  /** Judges a call. */
  public CompletionStage<Judgement> judge(Call call, Patience patience) {
    return judge(new Judging(call, call.approvalId(), null, patience, false, false));
  }

  /**
   * What would be found about a call now, up to its budget: nobody is asked, nothing is charged or
   * counted. A call that would have to wait for a human is waiting, for no approval.
   */
  public CompletionStage<Judgement> foresee(Call call) {
    return judge(new Judging(call, null, null, Patience.none(), true, false));
  }

  /**
   * Judges a call again that waited for a human: everything but its intent, which is what the user
   * said and does not change (B15).
   *
   * @param id the approval it waited for
   * @param before what was found before it waited
   */
  public CompletionStage<Judgement> judgeAgain(
      Call call, String id, Judgement before, Patience patience) {
    return judge(new Judging(call, id, before, patience, false, false));
  }

  /** What was found about a call whose maker left, so that it cannot go on (B16). */
  public Judgement leftBy(Judgement found) {
    return new Judgement(
        found.caller(),
        found.identified(),
        found.intent(),
        found.policySha256(),
        found.verdict(),
        found.approval(),
        Refusal.of(DenialCode.CLIENT_LEFT, "client left"),
        false);
  }

  /**
   * A call that is being judged.
   *
   * @param named the approval it names, or null
   * @param before what was found before it waited, or null the first time
   * @param ahead whether this only says what would be
   * @param waited whether something was waited for since the first check
   */
  private record Judging(
      Call call,
      @Nullable String named,
      @Nullable Judgement before,
      Patience patience,
      boolean ahead,
      boolean waited) {
    /** The same, where a stage has to be waited for: what was found may hold no more after it. */
    Judging since(CompletionStage<?> stage) {
      return waited || Stages.isComplete(stage) ? this : withWaited(true);
    }

    Judging withWaited(boolean now) {
      return new Judging(call, named, before, patience, ahead, now);
    }
  }

  private CompletionStage<Judgement> judge(Judging judging) {
    Call call = judging.call();
    long start = System.nanoTime();
    Outcome<Caller> who = capability.check(call, clock.millis());
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
    CompletionStage<Outcome<Optional<Intent>>> extraction = intent.check(call, caller);
    Judging since = judging.since(extraction);
    return Stages.then(
        extraction,
        found -> {
          observe(since, CheckName.INTENT, found, found.found().isPresent(), intentStart);
          return afterIntent(since, caller, found);
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
    try {
      observer.checked(check, verdict, System.nanoTime() - start);
    } catch (RuntimeException e) {
      observerFaults.tell(e);
    }
  }

  /** Why a call that passed the first check may not go on any more; null where it may. */
  private @Nullable Refusal stoppedMeanwhile(Judging judging) {
    if (!judging.waited()) {
      return null;
    }
    long start = System.nanoTime();
    Outcome<Caller> again = capability.check(judging.call(), clock.millis());
    if (!(again instanceof Deny<Caller> deny)) {
      return null;
    }
    observe(judging, CheckName.CAPABILITY, again, true, start);
    return deny.refusal();
  }

  private @Nullable String objection(String tool) {
    try {
      return tools.objection(tool);
    } catch (RuntimeException e) {
      guardFaults.tell(e);
      return "the tool cannot be checked; request halted (fail-closed)";
    }
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
    String objection = objection(call.tool());
    if (objection != null) {
      Refusal refusal = Refusal.of(DenialCode.TOOL_QUARANTINED, objection);
      observe(judging, CheckName.TOOL_SCHEMA, new Deny<>(refusal, found), true, start);
      return done(
          new Judgement(caller, true, found, policy.sha256For(caller), null, null, refusal, false));
    }
    CompletionStage<Outcome<PolicyVerdict>> decision =
        judging.ahead() ? policy.foresee(call, caller, found) : policy.check(call, caller, found);
    Judging since = judging.since(decision);
    return Stages.then(
        decision,
        decided -> {
          observe(since, CheckName.POLICY, decided, true, start);
          return afterPolicy(since, caller, found, decided);
        });
  }

  private CompletionStage<Judgement> afterPolicy(
      Judging judging, Caller caller, Optional<Intent> found, Outcome<PolicyVerdict> decided) {
    PolicyVerdict verdict = decided.found();
    if (decided instanceof Deny<PolicyVerdict> deny) {
      return done(judged(caller, found, verdict, null, deny.refusal(), false));
    }
    Refusal stopped = stoppedMeanwhile(judging);
    if (stopped != null) {
      return done(judged(caller, found, verdict, null, stopped, false));
    }
    Judging sure = judging.waited() ? judging.withWaited(false) : judging;
    if (!(decided instanceof Escalate<PolicyVerdict>)) {
      return charge(sure, caller, found, verdict, null);
    }
    if (onlyObserve || judging.ahead()) {
      // Nobody is asked about a call that does not wait for the answer.
      return done(judged(caller, found, verdict, null, null, true));
    }
    String summary = found.map(Intent::summary).orElse("");
    CompletionStage<Finding> asked =
        approvals.ask(
            judging.call(), judging.named(), caller, verdict, summary, judging.patience());
    Judging since = sure.since(asked);
    return Stages.then(asked, finding -> afterApproval(since, caller, found, verdict, finding));
  }

  private CompletionStage<Judgement> afterApproval(
      Judging judging,
      Caller caller,
      Optional<Intent> found,
      PolicyVerdict verdict,
      Finding finding) {
    if (finding instanceof Finding.Waiting waiting) {
      return done(judged(caller, found, verdict, waiting.approval(), null, true));
    }
    if (finding instanceof Finding.Refused refused) {
      return done(judged(caller, found, verdict, refused.approval(), refused.refusal(), false));
    }
    Approval approval = ((Finding.Granted) finding).approval();
    Refusal stopped = stoppedMeanwhile(judging);
    if (stopped != null) {
      return done(judged(caller, found, verdict, approval, stopped, false));
    }
    return charge(judging, caller, found, verdict, approval);
  }

  private CompletionStage<Judgement> charge(
      Judging judging,
      Caller caller,
      Optional<Intent> found,
      PolicyVerdict verdict,
      @Nullable Approval approval) {
    if (judging.ahead()) {
      return done(judged(caller, found, verdict, approval, null, false));
    }
    long start = System.nanoTime();
    return Stages.map(
        budget.check(judging.call(), caller, verdict.decision(), clock.millis()),
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
      PolicyVerdict verdict,
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
