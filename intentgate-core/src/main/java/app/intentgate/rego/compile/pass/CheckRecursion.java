package app.intentgate.rego.compile.pass;

import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses rules that use themselves, directly or through others. */
final class CheckRecursion implements Pass {
  private record Node(RuleUnit rule, BranchUnit branch) {}

  @Override
  public void run(Compilation c) {
    Map<BranchUnit, Set<RuleUnit>> uses = Dependencies.of(c);
    if (!isCyclic(c, uses)) {
      return;
    }
    c.root.walk(
        place -> {
          for (RuleUnit r : place.rules) {
            for (BranchUnit b : r.branches) {
              List<Node> path = cycle(new Node(r, b), uses);
              if (!path.isEmpty()) {
                report(c, new Node(r, b), path);
              }
            }
          }
        });
  }

  private static void report(Compilation c, Node start, List<Node> path) {
    List<String> names = new ArrayList<>();
    path.forEach(n -> names.add(n.rule.fullRef().toString()));
    c.errors.add(
        RegoError.of(
            ErrorCode.RECURSION,
            start.branch.location,
            "rule " + start.rule.fullRef() + " is recursive: " + String.join(" -> ", names)));
  }

  /** Whether taking away rules that use only rules already taken away leaves some. */
  private static boolean isCyclic(Compilation c, Map<BranchUnit, Set<RuleUnit>> uses) {
    Map<RuleUnit, Set<RuleUnit>> open = new LinkedHashMap<>();
    Map<RuleUnit, List<RuleUnit>> usedBy = new HashMap<>();
    Deque<RuleUnit> free = new ArrayDeque<>();
    c.forEachRule(
        r -> {
          Set<RuleUnit> used = new LinkedHashSet<>();
          r.branches.forEach(b -> used.addAll(uses.getOrDefault(b, Set.of())));
          open.put(r, used);
          used.forEach(u -> usedBy.computeIfAbsent(u, k -> new ArrayList<>()).add(r));
          if (used.isEmpty()) {
            free.add(r);
          }
        });
    int taken = 0;
    while (!free.isEmpty()) {
      RuleUnit r = free.remove();
      taken++;
      for (RuleUnit user : usedBy.getOrDefault(r, List.of())) {
        Set<RuleUnit> left = open.getOrDefault(user, Set.of());
        left.remove(r);
        if (left.isEmpty()) {
          free.add(user);
        }
      }
    }
    return taken < open.size();
  }

  /**
   * The shortest way from a branch back to itself, both ends included; empty when there is none.
   */
  private static List<Node> cycle(Node start, Map<BranchUnit, Set<RuleUnit>> uses) {
    Map<BranchUnit, Node> cameFrom = new HashMap<>();
    Deque<Node> pending = new ArrayDeque<>();
    pending.add(start);
    while (!pending.isEmpty()) {
      Node node = pending.remove();
      for (RuleUnit used : uses.getOrDefault(node.branch, Set.of())) {
        for (BranchUnit b : used.branches) {
          if (b == start.branch) {
            return way(start, node, cameFrom);
          }
          if (cameFrom.putIfAbsent(b, node) == null) {
            pending.add(new Node(used, b));
          }
        }
      }
    }
    return List.of();
  }

  private static List<Node> way(Node start, Node last, Map<BranchUnit, Node> cameFrom) {
    List<Node> back = new ArrayList<>();
    back.add(start);
    for (Node n = last; n != null && n.branch != start.branch; n = cameFrom.get(n.branch)) {
      back.add(n);
    }
    back.add(start);
    Collections.reverse(back);
    return back;
  }
}
