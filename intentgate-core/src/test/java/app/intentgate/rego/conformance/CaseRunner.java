package app.intentgate.rego.conformance;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoCompileException;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs evaluation cases as the suite's own runner does, and says how each ended. */
public final class CaseRunner {
  private static final BuiltinRegistry BUILTINS =
      RegoPolicy.standardBuiltins().toBuilder()
          .add(BuiltinSignature.parse("test.sleep(string): null"), (c, a) -> JsonNull.NULL)
          .add(network("http.send(object[string: any]): object[any: any]"), CaseRunner::send)
          .add(network("net.lookup_ip_addr(string): set[string]"), CaseRunner::lookUp)
          .build();

  private static final Set<String> REQUEST_PARAMETERS =
      Set.of("method", "url", "body", "raw_body", "headers", "timeout", "cache", "raise_error");

  private static final EvalOptions LENIENT = EvalOptions.ofDefaults();
  private static final EvalOptions STRICT = EvalOptions.builder().strictBuiltinErrors(true).build();

  private CaseRunner() {}

  private static BuiltinSignature network(String signature) {
    return BuiltinSignature.parse(signature).withKind(BuiltinSignature.Kind.NONDETERMINISTIC);
  }

  /** Knows the parameters of a request, and no network. */
  private static JsonValue send(BuiltinContext context, JsonValue[] arguments)
      throws BuiltinException {
    JsonSet.Builder unknown = JsonSet.builder();
    if (arguments[0] instanceof JsonObject request) {
      for (int i = 0; i < request.size(); i++) {
        if (!REQUEST_PARAMETERS.contains(request.nameAt(i))) {
          unknown.add(request.keyAt(i));
        }
      }
    }
    if (unknown.size() > 0) {
      throw BuiltinException.ofType("invalid request parameters(s): " + unknown.build());
    }
    return offline(context, arguments);
  }

  /** Knows itself and literal addresses, as a resolver does without a network. */
  private static JsonValue lookUp(BuiltinContext context, JsonValue[] arguments)
      throws BuiltinException {
    String name = String.valueOf(arguments[0].asText());
    if (name.equals("localhost")) {
      return JsonSet.of(JsonString.of("127.0.0.1"));
    }
    return name.matches("[0-9.]+|[0-9a-f:]+")
        ? JsonSet.of(arguments[0])
        : offline(context, arguments);
  }

  /** The cases mock what needs the network; a call that gets here fails. */
  private static JsonValue offline(BuiltinContext context, JsonValue[] arguments)
      throws BuiltinException {
    throw BuiltinException.of("no network");
  }

  /** How a case ended. */
  public enum Verdict {
    /** As OPA answers it. */
    PASSED,
    /** The policy or the query was refused at compile time. */
    REFUSED,
    /** Another answer than OPA's. */
    WRONG
  }

  /**
   * How a case ended, and what to say about it.
   *
   * @param verdict how
   * @param detail what was got and wanted; empty when it passed
   */
  public record Outcome(Verdict verdict, String detail) {}

  /** Runs a case. */
  public static Outcome run(RegoCase c, boolean v0) {
    List<JsonObject> got;
    try {
      RegoPolicy.Builder builder = RegoPolicy.builder().builtins(BUILTINS).v0Compatible(v0);
      builder.data(c.data());
      for (int i = 0; i < c.modules().size(); i++) {
        builder.module("test-" + i + ".rego", c.modules().get(i));
      }
      RegoPolicy policy = builder.compile();
      got = policy.prepare(c.query()).results(input(c), c.strictError() ? STRICT : LENIENT);
    } catch (RegoCompileException e) {
      return new Outcome(Verdict.REFUSED, String.valueOf(e.getMessage()));
    } catch (RegoEvalException e) {
      return failed(c, e.error());
    }
    return compare(c, got);
  }

  private static @Nullable JsonValue input(RegoCase c) {
    String term = c.inputTerm();
    if (term == null) {
      return c.input();
    }
    return RegoPolicy.builder().compile().prepare(term).value(null, LENIENT);
  }

  private static Outcome failed(RegoCase c, RegoError error) {
    boolean wanted = c.wantErrorCode() != null || c.wantError() != null;
    boolean code = c.wantErrorCode() == null || c.wantErrorCode().equals(error.code());
    boolean text = c.wantError() == null || error.toString().contains(c.wantError());
    return wanted && code && text
        ? new Outcome(Verdict.PASSED, "")
        : new Outcome(
            Verdict.WRONG,
            "got error "
                + error
                + ", wanted "
                + (wanted ? c.wantErrorCode() + " " + c.wantError() : c.wantResult()));
  }

  private static Outcome compare(RegoCase c, List<JsonObject> got) {
    if (c.wantErrorCode() != null || c.wantError() != null) {
      return new Outcome(
          Verdict.WRONG, "got " + got + ", wanted error " + c.wantErrorCode() + c.wantError());
    }
    if (c.wantDefined() != null && c.wantDefined() == got.isEmpty()) {
      return new Outcome(Verdict.WRONG, "got " + got + ", wanted defined " + c.wantDefined());
    }
    if (c.wantResult() == null) {
      return new Outcome(Verdict.PASSED, "");
    }
    Set<JsonValue> mine = new HashSet<>();
    got.forEach(g -> mine.add(sorted(asJson(g), c.sortBindings())));
    Set<JsonValue> theirs = new HashSet<>();
    c.wantResult().forEach(w -> theirs.add(sorted(asJson(w), c.sortBindings())));
    return mine.equals(theirs)
        ? new Outcome(Verdict.PASSED, "")
        : new Outcome(Verdict.WRONG, "got " + mine + ", wanted " + theirs);
  }

  /** Sets as sorted arrays, keys as strings. */
  private static JsonValue asJson(JsonValue value) {
    if (value instanceof JsonSet set) {
      return asJson(set.toArray());
    }
    if (value instanceof JsonArray array) {
      List<JsonValue> items = new ArrayList<>();
      array.forEach(i -> items.add(asJson(i)));
      return JsonArray.copyOf(items);
    }
    if (value instanceof JsonObject object) {
      JsonObject.Builder b = JsonObject.builder(object.size());
      for (int i = 0; i < object.size(); i++) {
        JsonValue key = object.keyAt(i);
        b.put(
            key instanceof JsonString ? key : JsonString.of(JsonWriter.toText(asJson(key))),
            asJson(object.valueAt(i)));
      }
      return b.build();
    }
    return value;
  }

  /** With each member that is an array sorted, when the case asks for that. */
  private static JsonValue sorted(JsonValue result, boolean sortBindings) {
    if (!sortBindings || !(result instanceof JsonObject bindings)) {
      return result;
    }
    JsonObject.Builder b = JsonObject.builder(bindings.size());
    for (int i = 0; i < bindings.size(); i++) {
      JsonValue v = bindings.valueAt(i);
      if (v instanceof JsonArray array) {
        List<JsonValue> items = new ArrayList<>();
        array.forEach(items::add);
        items.sort(JsonValue::compare);
        v = JsonArray.copyOf(items);
      }
      b.put(bindings.keyAt(i), v);
    }
    return b.build();
  }
}
