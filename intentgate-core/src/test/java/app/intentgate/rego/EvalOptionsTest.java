package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.trace.Trace;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Options keep what they were given, and defaults are safe. */
class EvalOptionsTest {
  @Test
  void defaults_are_lenient_bounded_and_tell_nobody() {
    EvalOptions options = EvalOptions.ofDefaults();
    assertThat(options.limits()).isEqualTo(EvalLimits.ofDefaults());
    assertThat(options.strictBuiltinErrors()).isFalse();
    assertThat(options.environment()).isEqualTo(JsonObject.EMPTY);
    assertThat(options.clock()).isNull();
    assertThat(options.random()).isNull();
    assertThat(options.cancelFlag()).isNull();
    assertThat(options.printer()).isNull();
    assertThat(options.inputReads()).isNull();
    assertThat(options.observer()).isNull();
  }

  @Test
  void a_copy_keeps_all_options_and_changes_one() {
    LongSupplier clock = () -> 5;
    Random random = new Random(1);
    BooleanSupplier flag = () -> false;
    Consumer<String> printer = line -> {};
    Consumer<JsonArray> reads = path -> {};
    Trace trace = Trace.ofDefaults();
    EvalLimits limits = EvalLimits.ofDefaults().withMaxSteps(77);
    EvalOptions options =
        EvalOptions.builder()
            .limits(limits)
            .strictBuiltinErrors(true)
            .clock(clock)
            .random(random)
            .environment((JsonObject) Asked.json("{'env': {}}"))
            .cancelFlag(flag)
            .printer(printer)
            .inputReads(reads)
            .observer(trace)
            .build();
    EvalOptions copy = options.toBuilder().strictBuiltinErrors(false).build();
    assertThat(copy.strictBuiltinErrors()).isFalse();
    assertThat(options.strictBuiltinErrors()).isTrue();
    assertThat(copy.limits()).isEqualTo(limits);
    assertThat(copy.clock()).isSameAs(clock);
    assertThat(copy.random()).isSameAs(random);
    assertThat(copy.environment()).isEqualTo(Asked.json("{'env': {}}"));
    assertThat(copy.cancelFlag()).isSameAs(flag);
    assertThat(copy.printer()).isSameAs(printer);
    assertThat(copy.inputReads()).isSameAs(reads);
    assertThat(copy.observer()).isSameAs(trace);
  }
}
