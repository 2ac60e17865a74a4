package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.conformance.CaseFiles;
import app.intentgate.rego.conformance.RegoCase;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The modules of the suite with pieces taken out, doubled and exchanged between them: whatever
 * comes of it is refused with the engine's own errors, or answered or ended in time.
 */
class MutatedSuiteTest {
  private static final int MUTANTS = Integer.getInteger("intentgate.rego.mutants", 3_000);
  private static final Duration DEADLINE = Duration.ofMillis(20);
  private static final long ALLOWED_NANOS = DEADLINE.plusMillis(20).toNanos();
  private static final EvalOptions OPTIONS =
      EvalOptions.builder().limits(EvalLimits.ofDefaults().withDeadline(DEADLINE)).build();

  private final Random random = new Random(20261129);

  @Test
  void nothingButTheEnginesOwnErrorsComesOut() throws IOException {
    List<RegoCase> cases = CaseFiles.loadAll(GoldenData.rego("cases/v1"));
    List<RegoCase> older = CaseFiles.loadAll(GoldenData.rego("cases/v0"));
    int evaluated = 0;
    for (int i = 0; i < MUTANTS; i++) {
      boolean v0 = random.nextBoolean();
      if (evaluate(v0 ? older : cases, v0)) {
        evaluated++;
      }
    }
    assertThat(evaluated).isGreaterThan(MUTANTS / 10);
  }

  private RegoCase one(List<RegoCase> of) {
    while (true) {
      RegoCase c = of.get(random.nextInt(of.size()));
      if (!c.modules().isEmpty()) {
        return c;
      }
    }
  }

  private String source(RegoCase of) {
    return of.modules().get(random.nextInt(of.modules().size()));
  }

  private String mutant(String source, String other) {
    StringBuilder out = new StringBuilder(source);
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      int at = random.nextInt(out.length() + 1);
      int end = Math.min(out.length(), at + 1 + random.nextInt(10));
      switch (random.nextInt(5)) {
        case 0 -> out.delete(at, end);
        case 1 -> out.insert(random.nextInt(out.length() + 1), out.substring(at, end));
        case 2 -> out.insert(at, lines(other));
        case 3 -> out.replace(at, end, lines(other).strip());
        default -> out.append('\n').append(lines(other));
      }
    }
    return out.toString();
  }

  /** One or two lines of a text. */
  private String lines(String text) {
    String[] lines = text.split("\n", -1);
    int at = random.nextInt(lines.length);
    return random.nextBoolean() || at + 1 == lines.length
        ? lines[at]
        : lines[at] + "\n" + lines[at + 1];
  }

  private boolean evaluate(List<RegoCase> cases, boolean v0) {
    RegoCase c = one(cases);
    String source = mutant(source(c), source(one(cases)));
    PreparedQuery query;
    try {
      query =
          RegoPolicy.builder()
              .module("p.rego", source)
              .v0Compatible(v0)
              .strict(random.nextInt(4) == 0)
              .data(c.data())
              .compile()
              .prepare("data");
    } catch (RegoCompileException e) {
      assertThat(e.errors()).as(source).isNotEmpty();
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("compiling\n" + source, e);
    }
    evaluate(query, c.input(), source);
    return true;
  }

  /** The best of three: a collection of garbage in between is not the engine's. */
  private static void evaluate(PreparedQuery query, @Nullable JsonValue input, String source) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3 && best > ALLOWED_NANOS; i++) {
      long start = ProcessorTime.nanos();
      try {
        query.value(input, OPTIONS);
      } catch (RegoEvalException e) {
        if (e.error().code().equals(ErrorCode.EVAL_INTERNAL)) {
          throw new AssertionError("evaluating\n" + source, e);
        }
      } catch (RuntimeException e) {
        throw new AssertionError("evaluating\n" + source, e);
      }
      best = Math.min(best, ProcessorTime.nanos() - start);
    }
    ProcessorTime.assertWithin(best, DEADLINE, ALLOWED_NANOS, source);
  }
}
