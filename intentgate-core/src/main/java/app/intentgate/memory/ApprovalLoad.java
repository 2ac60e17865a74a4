package app.intentgate.memory;

import app.intentgate.approval.Approval;
import app.intentgate.approval.Approval.Status;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a store hold: how long all of them are, and how many wait of each tenant and how
 * long those are. Lengths are in characters. Not thread-safe.
 */
final class ApprovalLoad {
  /** A value takes at least as much memory as so many characters. */
  private static final int PER_VALUE = 32;

  /**
   * Some rows.
   *
   * @param rows how many
   * @param length how long they are together
   */
  record Held(int rows, long length) {
    static final Held NONE = new Held(0, 0);

    private Held plus(int moreRows, long more) {
      return new Held(rows + moreRows, length + more);
    }
  }

  private final Map<String, Long> lengths = new HashMap<>();
  private final Map<String, Held> waiting = new HashMap<>();
  private Held waitingOfAll = Held.NONE;
  private long length;

  void add(Approval row) {
    long added = lengthOf(row);
    lengths.put(row.id(), added);
    length += added;
    count(row, 1, added);
  }

  void remove(Approval row) {
    Long known = lengths.remove(row.id());
    long removed = known == null ? 0 : known;
    length -= removed;
    count(row, -1, -removed);
  }

  private void count(Approval row, int rows, long more) {
    if (row.status() == Status.PENDING && row.voidReason() == null) {
      waitingOfAll = waitingOfAll.plus(rows, more);
      Held of = waitingOf(row.binding().tenant()).plus(rows, more);
      if (of.rows() == 0) {
        waiting.remove(row.binding().tenant());
      } else {
        waiting.put(row.binding().tenant(), of);
      }
    }
  }

  /** How long all rows are together. */
  long length() {
    return length;
  }

  /** The rows that wait. */
  Held waiting() {
    return waitingOfAll;
  }

  /** Those of a tenant. */
  Held waitingOf(String tenant) {
    return waiting.getOrDefault(tenant, Held.NONE);
  }

  /**
   * How long a row is: what callers, policies and operators wrote, and something for each value.
   */
  static long lengthOf(Approval row) {
    long sum = lengthOf(row.arguments());
    sum += row.request().intentSummary().length() + row.request().reason().length();
    sum += row.binding().tool().length() + row.binding().agentId().length();
    for (ApprovalDecision vote : row.votes()) {
      sum += PER_VALUE + vote.note().length() + vote.label().length();
    }
    return sum;
  }

  private static long lengthOf(@Nullable JsonValue value) {
    long sum = PER_VALUE;
    if (value instanceof JsonString text) {
      sum += text.value().length();
    } else if (value instanceof JsonNumber number) {
      sum += number.text().length();
    } else if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        sum += lengthOf(item);
      }
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        sum += lengthOf(object.keyAt(i)) + lengthOf(object.valueAt(i));
      }
    }
    return sum;
  }
}
