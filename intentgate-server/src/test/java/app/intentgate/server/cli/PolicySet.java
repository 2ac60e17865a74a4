package app.intentgate.server.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a large set of policies with their tests and data, to test and measure with. Also a
 * program of one file: {@code java PolicySet.java FOLDER} makes 2,000 tests in 1,100 files; {@code
 * v0} after the folder makes them in Rego before OPA 1.0, a number the megabytes of a data file.
 */
public final class PolicySet {
  private static final int TEAMS = 20;

  /** Policies of the set that the engine's bar names, and how many of them have tests. */
  static final int POLICIES = 600;

  static final int TESTED = 500;

  /** Tests in the file of a policy. */
  static final int TESTS_EACH = 4;

  private static final String POLICY =
      """
      # METADATA
      # title: Policy %1$d
      package team%2$d.policy%1$d

      import data.team%2$d.limits

      default allow := false

      allow if {
        input.method in {"GET", "HEAD"}
        input.user in data.team%2$d.members
      }

      allow if {
        some role in input.roles
        role == "admin-%1$d"
      }

      deny contains reason if {
        input.amount > limit
        reason := sprintf("amount %%v is above %%v", [input.amount, limit])
      }

      deny contains "no weekend transfers" if {
        input.day in ["saturday", "sunday"]
        startswith(input.tool, "transfer")
      }

      limit := object.get(limits, input.tool, 100 + %1$d)

      tools[name] := cost if {
        some name, cost in limits
        cost > 10
      }

      path_ok(path) if {
        regex.match(`^/team%2$d/[a-z0-9-]+$`, path)
        not contains(path, "..")
      }
      """;
  private static final String TESTS =
      """
      package team%2$d.policy%1$d_test

      import data.team%2$d.policy%1$d

      test_members_read if {
        policy%1$d.allow with input as {"method": "GET", "user": "ann"}
          with data.team%2$d.members as {"ann"}
      }

      test_admins_may if {
        policy%1$d.allow with input as {"method": "POST", "user": "bob", "roles": ["x", "admin-%1$d"]}
        not policy%1$d.allow with input as {"method": "POST", "user": "bob", "roles": ["admin"]}
      }

      test_large_amounts_are_denied if {
        reasons := policy%1$d.deny with input as {"amount": 1000, "tool": "pay", "day": "monday"}
        reasons == {"amount 1000 is above %3$d"}
      }

      test_paths if {
        every p in ["/team%2$d/a", "/team%2$d/b-1"] { policy%1$d.path_ok(p) }
        not policy%1$d.path_ok("/team%2$d/../x")
      }
      """;
  private static final String V0_POLICY =
      """
      package team%2$d.policy%1$d

      import data.team%2$d.limits

      default allow = false

      allow {
        methods := {"GET", "HEAD"}
        methods[input.method]
        data.team%2$d.members[_] == input.user
      }

      allow {
        input.roles[_] == "admin-%1$d"
      }

      deny[reason] {
        input.amount > limit
        reason := sprintf("amount %%v is above %%v", [input.amount, limit])
      }

      deny["no weekend transfers"] {
        days := ["saturday", "sunday"]
        days[_] == input.day
        startswith(input.tool, "transfer")
      }

      limit = object.get(limits, input.tool, 100 + %1$d)

      tools[name] = cost {
        cost := limits[name]
        cost > 10
      }

      path_ok(path) {
        re_match(`^/team%2$d/[a-z0-9-]+$`, path)
        not contains(path, "..")
      }
      """;
  private static final String V0_TESTS =
      """
      package team%2$d.policy%1$d_test

      import data.team%2$d.policy%1$d

      test_members_read {
        policy%1$d.allow with input as {"method": "GET", "user": "ann"}
          with data.team%2$d.members as {"ann"}
      }

      test_admins_may {
        policy%1$d.allow with input as {"method": "POST", "user": "bob", "roles": ["x", "admin-%1$d"]}
        not policy%1$d.allow with input as {"method": "POST", "user": "bob", "roles": ["admin"]}
      }

      test_large_amounts_are_denied {
        reasons := policy%1$d.deny with input as {"amount": 1000, "tool": "pay", "day": "monday"}
        reasons == {"amount 1000 is above %3$d"}
      }

      test_paths {
        good := {p | p := ["/team%2$d/a", "/team%2$d/b-1"][_]; policy%1$d.path_ok(p)}
        count(good) == 2
        not policy%1$d.path_ok("/team%2$d/../x")
      }
      """;

  private PolicySet() {}

  /** Writes the set of the bar. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    boolean v0 = args.length > 1 && args[1].equals("v0");
    write(folder, v0, POLICIES, TESTED);
    String last = args[args.length - 1];
    if (last.matches("\\d+")) {
      writeData(folder.resolve("directory/data.json"), Integer.parseInt(last));
    }
  }

  /** Writes policies, test files for the first of them, and small data for each team. */
  static void write(Path folder, boolean v0, int policies, int tested) throws IOException {
    for (int team = 0; team < TEAMS; team++) {
      Path of = Files.createDirectories(folder.resolve("team" + team));
      Files.writeString(
          of.resolve("data.json"),
          "{\"limits\": {\"read\": 5, \"transfer\": 500}, \"members\": []}\n");
    }
    for (int i = 0; i < policies; i++) {
      Path team = folder.resolve("team" + i % TEAMS);
      Files.writeString(team.resolve("policy" + i + ".rego"), text(v0 ? V0_POLICY : POLICY, i));
      if (i < tested) {
        Files.writeString(
            team.resolve("policy" + i + "_test.rego"), text(v0 ? V0_TESTS : TESTS, i));
      }
    }
  }

  private static String text(String template, int policy) {
    return template.formatted(policy, policy % TEAMS, 100 + policy);
  }

  /**
   * Writes a directory of users as JSON.
   *
   * @return how many users it has
   */
  static int writeData(Path file, int megabytes) throws IOException {
    Files.createDirectories(file.getParent());
    long written = 0;
    int users = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"users\": {");
      while (written < megabytes * 1_000_000L) {
        String user =
            String.format(
                Locale.ROOT,
                "%s\n\"user%d\": {\"team\": \"team%d\", \"limit\": %d.25, \"active\": true,"
                    + " \"roles\": [\"reader\", \"role-%d\"], \"manager\": null}",
                users == 0 ? "" : ",",
                users,
                users % TEAMS,
                users,
                users % 97);
        out.write(user);
        written += user.length();
        users++;
      }
      out.write("}}\n");
    }
    return users;
  }
}
