package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.trace.EvalObserver;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation is given besides the policy and the input.
 *
 * @param limits what it may use
 * @param strict whether a failing built-in ends it
 * @param clock nanoseconds since 1970, or null for the system's
 * @param random the source of chance, or null for a new one
 * @param environment what {@code opa.runtime()} returns
 * @param cancelFlag true ends it, or null
 * @param printer takes printed lines, or null
 * @param reads is told which parts of the input are read, as paths of keys, or null
 * @param observer is told what happens, or null; only plans that are made to be observed tell
 */
public record EvalSettings(
    EvalLimits limits,
    boolean strict,
    @Nullable LongSupplier clock,
    @Nullable RandomGenerator random,
    JsonObject environment,
    @Nullable BooleanSupplier cancelFlag,
    @Nullable Consumer<String> printer,
    @Nullable Consumer<JsonArray> reads,
    @Nullable EvalObserver observer) {}
