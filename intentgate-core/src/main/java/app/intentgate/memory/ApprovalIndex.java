package app.intentgate.memory;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which rows a call may meet, by what it is bound to. Not thread-safe. */
final class ApprovalIndex {
  private final Map<String, List<String>> ids = new HashMap<>();
  private final Map<String, Long> ordinals = new HashMap<>();
  private long added;

  void add(Approval row) {
    ordinals.put(row.id(), added++);
    ids.computeIfAbsent(exact(row.binding()), k -> new ArrayList<>(1)).add(row.id());
    if (!row.binding().coverSha256().isEmpty()) {
      ids.computeIfAbsent(cover(row.binding()), k -> new ArrayList<>(1)).add(row.id());
    }
  }

  void remove(Approval row) {
    remove(exact(row.binding()), row.id());
    remove(cover(row.binding()), row.id());
    ordinals.remove(row.id());
  }

  private void remove(String key, String id) {
    ids.computeIfPresent(
        key,
        (k, list) -> {
          list.remove(id);
          return list.isEmpty() ? null : list;
        });
  }

  /** The rows of the same call, oldest first. */
  List<String> sameCall(ApprovalBinding call) {
    return ids.getOrDefault(exact(call), List.of());
  }

  /** The rows a call may meet, its own and those that may cover it, oldest first. */
  List<String> metBy(ApprovalBinding call) {
    List<String> same = sameCall(call);
    if (call.coverSha256().isEmpty()) {
      return same;
    }
    List<String> covering = ids.getOrDefault(cover(call), List.of());
    return Stream.concat(same.stream(), covering.stream())
        .distinct()
        .sorted(Comparator.comparingLong(id -> ordinals.getOrDefault(id, -1L)))
        .toList();
  }

  private static String exact(ApprovalBinding b) {
    return b.chainId() + ' ' + b.argumentsSha256() + ' ' + b.tool();
  }

  private static String cover(ApprovalBinding b) {
    return b.chainId() + " * " + b.coverSha256() + ' ' + b.tool();
  }
}
