package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Builtin;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls as operands: the result of a function, undefined when the function or an argument is. */
public final class Calls {
  private Calls() {}

  /** A call of a function of the policy, or of what {@code with} has put in its place. */
  public static Operand function(FunctionRules function, List<Operand> arguments, Location at) {
    return new FunctionCall(function, arguments.toArray(new Operand[0]), at);
  }

  /** A call of a built-in, or of what {@code with} has put in its place. */
  public static Operand builtin(BuiltinCallee builtin, List<Operand> arguments, Location at) {
    return new BuiltinCall(builtin, arguments.toArray(new Operand[0]), at);
  }

  /** The values of operands; null when one is undefined. */
  static JsonValue @Nullable [] evaluate(Operand[] operands, EvalContext c, int base) {
    JsonValue[] values = new JsonValue[operands.length];
    for (int i = 0; i < operands.length; i++) {
      JsonValue v = operands[i].eval(c, base);
      if (v == null) {
        return null;
      }
      values[i] = v;
    }
    return values;
  }

  /** Calls what stands in a function's place; nothing is replaced while that runs. */
  static @Nullable JsonValue replaced(
      Callee replacement, EvalContext c, JsonValue[] arguments, Location at) {
    Scope outer = c.scope;
    c.enter(new Scope(outer, outer.input, outer.overlay, null, outer.memo.length));
    JsonValue value = replacement.call(c, arguments, at);
    c.enter(outer);
    return value;
  }

  private static final class FunctionCall extends Operand {
    private final FunctionRules function;
    private final Operand[] arguments;
    private final Location location;

    FunctionCall(FunctionRules function, Operand[] arguments, Location location) {
      this.function = function;
      this.arguments = arguments;
      this.location = location;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      Callee replacement = Mocks.find(c.scope.mocks, function.name());
      if (replacement != null) {
        JsonValue[] values = evaluate(arguments, c, base);
        return values == null ? null : replaced(replacement, c, values, location);
      }
      int frame = c.top;
      c.reserve(arguments.length);
      for (int i = 0; i < arguments.length; i++) {
        JsonValue v = arguments[i].eval(c, base);
        if (v == null) {
          c.top = frame;
          return null;
        }
        c.stack[frame + i] = v;
        c.top = frame + i + 1;
        c.reserve(arguments.length);
      }
      c.top = frame;
      return function.invoke(c, frame);
    }
  }

  private static final class BuiltinCall extends Operand {
    private final BuiltinCallee builtin;
    private final Operand[] arguments;
    private final Location location;

    BuiltinCall(BuiltinCallee builtin, Operand[] arguments, Location location) {
      this.builtin = builtin;
      this.arguments = arguments;
      this.location = location;
    }

    @Override
    public @Nullable JsonValue eval(EvalContext c, int base) {
      JsonValue[] values = evaluate(arguments, c, base);
      if (values == null) {
        return null;
      }
      if (c.scope.mocks != null) {
        Callee replacement = Mocks.find(c.scope.mocks, builtin.name());
        if (replacement != null) {
          return replaced(replacement, c, values, location);
        }
      }
      return builtin.call(c, values, location);
    }
  }

  /** A built-in as something that can be called. */
  public static final class BuiltinCallee implements Callee {
    private final String name;
    private final Builtin function;
    private final boolean pure;

    /**
     * A built-in.
     *
     * @param pure whether it is called each time; if not, the same arguments give the same all
     *     through an evaluation
     */
    public BuiltinCallee(String name, Builtin function, boolean pure) {
      this.name = name;
      this.function = function;
      this.pure = pure;
    }

    /** The name that policies call it by. */
    public String name() {
      return name;
    }

    @Override
    public @Nullable JsonValue call(EvalContext c, JsonValue[] arguments, Location call) {
      if (pure) {
        return compute(c, arguments, call);
      }
      CallKey key = new CallKey(this, arguments);
      Object known = c.kept(key);
      if (known == null) {
        JsonValue value = compute(c, arguments, call);
        known = value == null ? EvalContext.UNDEFINED : value;
        c.keep(key, known);
      }
      return known == EvalContext.UNDEFINED ? null : (JsonValue) known;
    }

    private @Nullable JsonValue compute(EvalContext c, JsonValue[] arguments, Location call) {
      for (JsonValue argument : arguments) {
        c.chargeFor(argument);
      }
      try {
        JsonValue value = function.call(c, arguments);
        if (value != null) {
          c.chargeFor(c.built(value));
        }
        return value;
      } catch (BuiltinException e) {
        failed(c, name, e, call);
        return null;
      }
    }
  }

  /** A failing built-in is undefined, unless errors are strict. */
  static void failed(EvalContext c, String name, BuiltinException e, Location call) {
    if (c.strict) {
      throw EvalFailure.of(e.kind().code(), call, name + ": " + e.getMessage());
    }
  }
}
