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
    Set<RuleUnit> suspects = suspects(c, uses);
    if (suspects.isEmpty()) {
      return;
    }
    c.root.walk(
        place -> {
          for (RuleUnit r : place.rules) {
            if (suspects.contains(r)) {
              r.branches.forEach(b -> check(c, new Node(r, b), uses));
            }
          }
        });
  }

  private static void check(Compilation c, Node start, Map<BranchUnit, Set<RuleUnit>> uses) {
    List<Node> path = cycle(start, uses);
    if (!path.isEmpty()) {
      report(c, start, path);
    }
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

  /** The rules on cycles and on ways from one cycle to another; no others can use themselves. */
  private static Set<RuleUnit> suspects(Compilation c, Map<BranchUnit, Set<RuleUnit>> uses) {
    Map<RuleUnit, Set<RuleUnit>> used = new LinkedHashMap<>();
    Map<RuleUnit, Set<RuleUnit>> users = new LinkedHashMap<>();
    c.forEachRule(r -> users.put(r, new LinkedHashSet<>()));
    c.forEachRule(
        r -> {
          Set<RuleUnit> all = new LinkedHashSet<>();
          r.branches.forEach(b -> all.addAll(uses.getOrDefault(b, Set.of())));
          used.put(r, all);
          all.forEach(u -> users.getOrDefault(u, new LinkedHashSet<>()).add(r));
        });
    peel(used, users);
    peel(users, used);
    return used.keySet();
  }

  /** Takes away rules without edges forward, until all that are left have some. */
  private static void peel(
      Map<RuleUnit, Set<RuleUnit>> forward, Map<RuleUnit, Set<RuleUnit>> backward) {
    Deque<RuleUnit> free = new ArrayDeque<>();
    forward.forEach(
        (rule, edges) -> {
          if (edges.isEmpty()) {
            free.add(rule);
          }
        });
    while (!free.isEmpty()) {
      RuleUnit rule = free.remove();
      forward.remove(rule);
      for (RuleUnit other : backward.getOrDefault(rule, Set.of())) {
        Set<RuleUnit> left = forward.getOrDefault(other, Set.of());
        if (left.remove(rule) && left.isEmpty()) {
          free.add(other);
        }
      }
      backward.remove(rule);
    }
    backward.values().forEach(edges -> edges.retainAll(forward.keySet()));
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
