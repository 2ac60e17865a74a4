package app.intentgate.approval;

import app.intentgate.testing.Step;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one row for a single call answers when its votes and uses come one after another, before
 * anything of it is too late but what {@link #expire} says.
 *
 * @param there whether it was enqueued
 * @param needed how many operators have to agree
 * @param agreed who agreed so far
 * @param status where it stands
 * @param uses how many calls went through
 * @param voided whether it was made unusable
 */
public record ApprovalModel(
    boolean there, int needed, Set<String> agreed, String status, int uses, boolean voided) {
  private static final String PENDING = "pending";
  private static final String APPROVED = "approved";

  /** The answer where there is no row. */
  public static final String NO_ROW = "no row";

  /** A row that waits for so many operators. */
  public static ApprovalModel waiting(int needed) {
    return new ApprovalModel(true, needed, Set.of(), PENDING, 0, false);
  }

  /** An operator's vote. */
  public Step<ApprovalModel> vote(String operator, boolean yes) {
    if (!there) {
      return new Step<>(this, NO_ROW);
    }
    if (!status.equals(PENDING) || voided || agreed.contains(operator)) {
      return new Step<>(this, voteWords(false, status));
    }
    Set<String> all = new TreeSet<>(agreed);
    all.add(operator);
    String now = !yes ? "rejected" : all.size() >= needed ? APPROVED : PENDING;
    return new Step<>(
        new ApprovalModel(true, needed, Set.copyOf(all), now, uses, voided), voteWords(true, now));
  }

  /** A call that wants to go through by it. */
  public Step<ApprovalModel> use() {
    if (!status.equals(APPROVED) || uses > 0 || voided) {
      return new Step<>(this, useWords(false));
    }
    return new Step<>(new ApprovalModel(there, needed, agreed, status, 1, false), useWords(true));
  }

  /** Its policy changed. */
  public Step<ApprovalModel> makeVoid() {
    return new Step<>(new ApprovalModel(there, needed, agreed, status, uses, there), "done");
  }

  /** The time to decide is over. */
  public Step<ApprovalModel> expire() {
    String now = status.equals(PENDING) ? "timeout" : status;
    return new Step<>(new ApprovalModel(there, needed, agreed, now, uses, voided), "done");
  }

  /** Someone looks at it. */
  public Step<ApprovalModel> find() {
    return new Step<>(this, there ? rowWords(status, agreed.size(), uses, voided) : NO_ROW);
  }

  /** What a store answered to a vote, in this model's words. */
  public static String words(@Nullable Vote vote) {
    return vote == null ? NO_ROW : voteWords(vote.counted(), vote.row().status().wireName());
  }

  /** What a row is, in this model's words. */
  public static String words(@Nullable Approval row) {
    return row == null
        ? NO_ROW
        : rowWords(
            row.status().wireName(), row.votes().size(), row.uses(), row.voidReason() != null);
  }

  /** Whether a call went through, in this model's words. */
  public static String useWords(boolean used) {
    return used ? "used" : "not usable";
  }

  private static String voteWords(boolean counted, String status) {
    return (counted ? "counted, " : "not counted, ") + status;
  }

  private static String rowWords(String status, int votes, int uses, boolean voided) {
    return status + ", votes " + votes + ", uses " + uses + (voided ? ", void" : "");
  }
}
