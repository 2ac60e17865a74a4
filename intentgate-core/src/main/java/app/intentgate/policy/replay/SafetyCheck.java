package app.intentgate.policy.replay;

import static app.intentgate.policy.replay.SafetyFinding.CRITICAL;
import static app.intentgate.policy.replay.SafetyFinding.INFO;
import static app.intentgate.policy.replay.SafetyFinding.WARNING;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Judges what a dry run came to, by the thresholds of admin contract 4. Advice, no more. */
final class SafetyCheck {
  private static final Pattern FAILS_CLOSED =
      Pattern.compile(
          "default\\s+(?:decision\\s*:?=\\s*\\{[^}]*\"allow\"\\s*:\\s*false|allow\\s*:?=\\s*false)");

  private final DryRunSummary s;
  private final List<SafetyFinding> out = new ArrayList<>();

  private SafetyCheck(DryRunSummary summary) {
    this.s = summary;
  }

  static List<SafetyFinding> findings(DryRunRequest request, DryRunSummary summary, boolean real) {
    SafetyCheck check = new SafetyCheck(summary);
    if (real && summary.evaluated() > 0) {
      check.traffic();
    } else {
      check.add(
          INFO,
          "not_tested",
          "Not checked against real traffic",
          "There were no recorded calls in the dry-run window to evaluate this policy against, so"
              + " this is not a clean bill of health — it is an absence of evidence. Widen the"
              + " window or generate traffic before relying on it.",
          "");
    }
    if (failsClosed(request.currentSource()) && !failsClosed(request.source())) {
      check.add(
          WARNING,
          "maybe_removed_default_deny",
          "May have removed the default-deny",
          "The current policy ends by denying anything no rule matched; the candidate does not"
              + " obviously do the same. This is a text check, not a proof, so confirm the"
              + " candidate still fails closed.",
          "Keep a `default decision := {\"allow\": false, ...}` (or `default allow := false`) as"
              + " the last word so unmatched calls are denied.");
    }
    return check.out;
  }

  private static boolean failsClosed(String source) {
    return FAILS_CLOSED.matcher(source).find();
  }

  private void traffic() {
    if (percent(s.allowToBlock()) >= 10) {
      add(
          percent(s.allowToBlock()) >= 40 ? CRITICAL : WARNING,
          "mass_block",
          "Blocks a large share of current traffic",
          share(s.allowToBlock(), "recently-allowed calls")
              + " would be denied by this policy. If that is deliberate — a freeze, a"
              + " tightening — proceed. If not, this is the shape of an accidental over-block.",
          "");
    }
    if (percent(s.blockToAllow()) >= 5) {
      add(
          percent(s.blockToAllow()) >= 25 ? CRITICAL : WARNING,
          "mass_allow",
          "Allows a large share of what is blocked now",
          share(s.blockToAllow(), "calls")
              + " were blocked and would be allowed by this policy. If that is not what it is for,"
              + " a rule matches more than it should.",
          "");
    }
    if (s.error() > 0) {
      add(
          CRITICAL,
          "policy_error",
          "Gives no decision for some calls",
          share(s.error(), "calls")
              + " made the policy fail: rules that contradict each other, no default, or a limit"
              + " that was reached. Such calls are denied.",
          "");
    }
    if (s.allow() == s.evaluated()) {
      add(
          CRITICAL,
          "allows_everything",
          "Allows every call",
          "Each of the "
              + s.evaluated()
              + " replayed calls would be allowed: nothing is blocked and nothing waits for a"
              + " person.",
          "");
    }
    if (percent(s.allowToEscalate()) >= 20) {
      add(
          WARNING,
          "escalation_surge",
          "Sends a large share of traffic to approval",
          share(s.allowToEscalate(), "calls")
              + " would newly require human approval. Nothing is denied, but an approval queue"
              + " this size can wedge operations — make sure someone is staffed to clear it.",
          "");
    }
    if (s.changesNothing()) {
      add(
          INFO,
          "no_change",
          "Changes no decisions",
          "This policy decides every replayed call exactly as the current one does. That is fine"
              + " if you are re-affirming the current policy; if you expected a change, you may"
              + " have selected the wrong draft.",
          "");
    }
  }

  private double percent(long part) {
    return part * 100.0 / s.evaluated();
  }

  private String share(long part, String what) {
    return part + " of " + s.evaluated() + " " + what + " (" + Math.round(percent(part)) + "%)";
  }

  private void add(String severity, String code, String title, String detail, String suggestion) {
    out.add(new SafetyFinding(severity, code, title, detail, suggestion));
  }
}
