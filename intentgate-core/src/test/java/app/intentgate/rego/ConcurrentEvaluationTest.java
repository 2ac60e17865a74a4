package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One prepared query on many threads at once answers what it answers on one. */
class ConcurrentEvaluationTest {
  private static final int THREADS = 8;
  private static final int INPUTS = 60;
  private static final String POLICY =
      """
      package p

      default allow := false

      allow if {
        some role in data.roles[input.user]
        some grant in data.grants[role]
        regex.match(grant.pattern, input.path)
        glob.match(grant.host, ["."], input.host)
        not denied[input.path]
      }

      denied contains path if {
        some path in input.paths
        count([1 | some other in input.paths; other == path]) > 1
      }

      score(x) := s if s := (x * 7) % 10

      total := sum([score(x) | some x in input.xs])

      level := "high" if total > 20

      else := "middle" if total > 10

      else := "low"

      torn := 1 if input.n % 3 == 0

      torn := 2 if input.n % 5 == 0

      mocked := x if x := total with input.xs as [1, 2, input.n]

      answer := {
        "allow": allow,
        "denied": denied,
        "level": level,
        "mocked": mocked,
        "said": sprintf("%v/%d/%s", [input.xs, total, upper(input.user)]),
      }

      answer_or_conflict := [answer, torn]
      """;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final RegoPolicy policy =
      RegoPolicy.builder()
          .module("p.rego", POLICY)
          .data(
              (app.intentgate.json.JsonObject)
                  Asked.json(
                      "{'roles': {'ann': ['dev'], 'bob': ['ops', 'dev'], 'eve': []},"
                          + " 'grants': {'dev': [{'pattern': '^/a/[0-9]+$', 'host': '*.test'}],"
                          + " 'ops': [{'pattern': '^/', 'host': 'a.*'}]}}"))
          .compile();

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static List<JsonValue> inputs() {
    Random random = new Random(17);
    List<JsonValue> inputs = new ArrayList<>();
    for (int i = 0; i < INPUTS; i++) {
      String user = List.of("ann", "bob", "eve").get(random.nextInt(3));
      int number = random.nextInt(4);
      String xs = random.nextInt(9) + ", " + random.nextInt(9) + ", " + random.nextInt(9);
      inputs.add(
          Asked.json(
              ("{'user': '%s', 'path': '/a/%d', 'host': '%s', 'n': %d, 'xs': [%s],"
                      + " 'paths': ['/a/1', '/a/%d']}")
                  .formatted(
                      user, number, random.nextBoolean() ? "a.test" : "b.c.test", i, xs, number)));
    }
    return inputs;
  }

  /** The value, or the text of the error. */
  private static Object answer(PreparedQuery query, @Nullable JsonValue input) {
    try {
      return String.valueOf(query.value(input, EvalOptions.ofDefaults()));
    } catch (RegoEvalException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void eight_threads_answer_what_one_does() throws Exception {
    List<JsonValue> inputs = inputs();
    PreparedQuery alone = policy.prepare("data.p.answer_or_conflict");
    List<Object> expected = new ArrayList<>();
    inputs.forEach(input -> expected.add(answer(alone, input)));
    assertThat(expected.stream().distinct().count()).isGreaterThan(20);
    assertThat(expected).anyMatch(a -> String.valueOf(a).contains("eval_conflict_error"));

    PreparedQuery shared = policy.prepare("data.p.answer_or_conflict");
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<List<Object>>> work = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int shift = t * 7;
      work.add(
          () -> {
            start.await();
            List<Object> answers = new ArrayList<>(expected);
            for (int round = 0; round < 20; round++) {
              for (int i = 0; i < INPUTS; i++) {
                int at = (i + shift) % INPUTS;
                Object answer = answer(shared, inputs.get(at));
                if (!answer.equals(expected.get(at))) {
                  answers.set(at, answer);
                }
              }
            }
            return answers;
          });
    }
    for (Future<List<Object>> done : pool.invokeAll(work)) {
      assertThat(done.get()).isEqualTo(expected);
    }
  }

  @Test
  void queries_are_prepared_while_others_run() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    PreparedQuery running = policy.prepare("data.p.answer");
    List<JsonValue> inputs = inputs();
    Object expected = answer(running, inputs.get(0));
    Future<Boolean> steady =
        pool.submit(
            () -> {
              boolean same = true;
              while (!over.get()) {
                same &= answer(running, inputs.get(0)).equals(expected);
              }
              return same;
            });
    List<Callable<Object>> work = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String query = i % 2 == 0 ? "data.p.level" : "data.p.total";
      work.add(() -> answer(policy.prepare(query), inputs.get(1)));
    }
    List<Object> answers = new ArrayList<>();
    for (Future<Object> done : pool.invokeAll(work)) {
      answers.add(done.get());
    }
    over.set(true);
    assertThat(steady.get()).isTrue();
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).isEqualTo(answers.get(i % 2));
    }
  }

  @Test
  void a_limit_that_one_evaluation_reaches_is_not_reached_by_the_others() throws Exception {
    PreparedQuery query =
        RegoPolicy.builder()
            .module("p.rego", "package p\n\nn := count([1 | some _ in numbers.range(1, input)])\n")
            .compile()
            .prepare("data.p.n");
    EvalOptions options =
        EvalOptions.builder()
            .limits(app.intentgate.rego.spi.EvalLimits.ofDefaults().withMaxValues(20_000))
            .build();
    List<Callable<String>> work = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String input = i % 2 == 0 ? "100" : "50000";
      work.add(
          () -> {
            try {
              return String.valueOf(query.value(Asked.json(input), options));
            } catch (RegoEvalException e) {
              return String.valueOf(e.limit());
            }
          });
    }
    List<Future<String>> done = pool.invokeAll(work);
    for (int i = 0; i < done.size(); i++) {
      assertThat(done.get(i).get()).isEqualTo(i % 2 == 0 ? "100" : "VALUES");
    }
  }
}
