package app.intentgate.server.lab;

import app.intentgate.server.lab.Target.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Load on a gate and on what it is compared with, in alternating rounds. Arguments, of which {@code
 * docs/performance.md} has examples:
 *
 * <ul>
 *   <li>{@code closed TARGETS [seconds] [rounds]}: as many calls as the servers answer;
 *   <li>{@code open RATE TARGETS [seconds] [rounds]}: calls at a constant rate;
 *   <li>{@code start [rounds]}: until the first answer of a gate and of a bare application;
 *   <li>{@code warmup [STORE] [seconds] [rounds]}: how soon a gate is as fast as it will be;
 *   <li>{@code soak TARGET RATE MINUTES}: a line a minute, with memory and threads;
 *   <li>{@code streams [COUNT] [EVENTS] [RATE]}: event streams open at once, and events on them;
 *   <li>{@code drive PORT SECONDS}: load on a gate that runs already, with the lab's master key;
 *   <li>{@code disk}: how long the disk takes to make something durable;
 *   <li>{@code stalls}: how often the machine itself stops what runs on it;
 *   <li>{@code operators sqlite|postgres [events]}: pages, exports and a dry run of a log that
 *       long;
 *   <li>{@code beside TARGET RATE OPERATORS [seconds] [rounds]}: agents' calls at a rate, alone and
 *       beside so many requests of operators a second.
 * </ul>
 *
 * <p>Targets, separated by commas: {@code bare}, {@code memory}, {@code file}, {@code sqlite},
 * {@code postgres}, each store also as {@code STORE-forwarding}; {@code direct}, the tool server
 * that those forward to, and {@code relay}, which only passes on to it. {@code -Dlab.warm=SECONDS}
 * says how long each is loaded before the first round (and half as long at the rate of an open
 * loop), {@code -Dlab.metrics=true} adds allocation and collections, {@code -Dlab.jvm} holds the
 * options of the gates' JVMs.
 */
public final class Lab {
  static final int WARM_SECONDS = Integer.getInteger("lab.warm", 15);

  private Lab() {}

  /** Runs one command. */
  public static void main(String... args) throws Exception {
    String command = args.length == 0 ? "closed" : args[0];
    switch (command) {
      case "bare" -> BareServer.serve(number(args, 1, 0));
      case "relay" -> BareRelay.serve(number(args, 1, 0), number(args, 2, 0));
      case "javalin" -> BareJavalin.serve(number(args, 1, 0));
      case "closed" ->
          rounds(
              text(args, 1, "bare,memory,memory-forwarding"),
              0,
              number(args, 2, 6),
              number(args, 3, 5));
      case "open" ->
          rounds(
              text(args, 2, "bare,memory"),
              number(args, 1, 3000),
              number(args, 3, 5),
              number(args, 4, 5));
      case "start" -> StartRace.run(number(args, 1, 5));
      case "warmup" ->
          WarmUp.run(
              Store.valueOf(text(args, 1, "memory").toUpperCase(Locale.ROOT)),
              number(args, 2, 60),
              number(args, 3, 2));
      case "soak" -> Soak.run(text(args, 1, "sqlite"), number(args, 2, 1000), number(args, 3, 30));
      case "streams" ->
          OpenStreams.run(number(args, 1, 1000), number(args, 2, 20_000), number(args, 3, 1000));
      case "drive" -> drive(number(args, 1, 8080), number(args, 2, 15));
      case "operators" -> OperatorLoad.run(text(args, 1, "sqlite"), number(args, 2, 1_000_000));
      case "disk" -> say(Disk.flushes());
      case "stalls" -> say(Stalls.measure());
      case "beside" ->
          Beside.run(
              text(args, 1, "memory"),
              number(args, 2, 500),
              number(args, 3, 45),
              number(args, 4, 10),
              number(args, 5, 5));
      default ->
          throw new IllegalArgumentException(
              "closed, open, start, warmup, soak, streams, drive, disk, stalls, operators or"
                  + " beside");
    }
  }

  private static String text(String[] args, int at, String otherwise) {
    return args.length > at ? args[at] : otherwise;
  }

  private static int number(String[] args, int at, int otherwise) {
    return args.length > at ? Integer.parseInt(args[at]) : otherwise;
  }

  private static void rounds(String names, int rate, int seconds, int rounds) throws Exception {
    try (Bench bench = new Bench()) {
      List<Target> targets = new ArrayList<>();
      Map<Target, Long> answered = new LinkedHashMap<>();
      Map<Target, LoadGenerator.Result> all = new LinkedHashMap<>();
      for (String name : names.split(",")) {
        targets.add(bench.target(name));
      }
      for (Target target : targets) {
        answered.put(target, Round.warm(target, WARM_SECONDS, rate));
      }
      bench.settle();
      say(Round.HEAD);
      for (int round = 0; round < rounds; round++) {
        for (Target target : targets) {
          Round one = Round.run(target, seconds, rate);
          answered.merge(target, one.result().completed(), Long::sum);
          all.merge(target, one.result(), LoadGenerator.Result::with);
          say(one.toString());
        }
      }
      for (Target target : targets) {
        LoadGenerator.Result calls = all.get(target);
        say(
            "%-18s all %d calls: p50 %.2f, p99 %.2f, p99.9 %.2f ms; RSS %d MiB",
            target.name(),
            calls.completed(),
            calls.millis(0.5),
            calls.millis(0.99),
            calls.millis(0.999),
            target.child().rssMiB());
        if (isDurable(target)) {
          say(Rows.check(target, answered.get(target)));
        }
      }
      if (targets.stream().anyMatch(Lab::isDurable)) {
        say(Disk.flushes());
      }
      if (rate != 0) {
        say(Stalls.measure());
      }
      say("%s; load average %s", machine(), loadAverage());
    }
  }

  private static boolean isDurable(Target target) {
    return target.isGate() && target.store() != Store.MEMORY;
  }

  private static void drive(int port, int seconds) throws IOException {
    LoadGenerator.Result result = new LoadGenerator(port, Call.request(), 64).run(seconds, 0);
    say(
        "%.0f requests/s, p50 %.2f ms, p99 %.2f ms",
        result.perSecond(), result.millis(0.5), result.millis(0.99));
  }

  private static String machine() throws IOException {
    String cpu =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown processor");
    return Runtime.getRuntime().availableProcessors() + " x " + cpu + ", Java " + Runtime.version();
  }

  static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
  }

  static void say(String format, Object... values) {
    System.out.println(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
