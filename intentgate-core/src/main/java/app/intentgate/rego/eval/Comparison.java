package app.intentgate.rego.eval;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The comparison operators, by Rego's order of values. */
public enum Comparison {
  /** {@code !=}. */
  NOT_EQUAL,
  /** {@code <}. */
  LESS,
  /** {@code <=}. */
  LESS_OR_EQUAL,
  /** {@code >}. */
  GREATER,
  /** {@code >=}. */
  GREATER_OR_EQUAL;

  /** The comparison behind a built-in's name such as {@code lte}, or null. */
  public static @Nullable Comparison of(String builtin) {
    return switch (builtin) {
      case "neq" -> NOT_EQUAL;
      case "lt" -> LESS;
      case "lte" -> LESS_OR_EQUAL;
      case "gt" -> GREATER;
      case "gte" -> GREATER_OR_EQUAL;
      default -> null;
    };
  }

  boolean test(JsonValue a, JsonValue b) {
    if (this == NOT_EQUAL) {
      return !a.equals(b);
    }
    int order =
        a instanceof JsonNumber x && b instanceof JsonNumber y
            ? x.compareTo(y)
            : JsonValue.compare(a, b);
    return switch (this) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  /** Holds when both are defined and compare so. */
  public Guard guard(Operand left, Operand right) {
    return new ComparisonGuard(this, left, right);
  }

  private static final class ComparisonGuard extends Guard {
    private final Comparison comparison;
    private final Operand left;
    private final Operand right;

    ComparisonGuard(Comparison comparison, Operand left, Operand right) {
      this.comparison = comparison;
      this.left = left;
      this.right = right;
    }

    @Override
    public boolean holds(EvalContext c, int base) {
      JsonValue a = left.eval(c, base);
      if (a == null) {
        return false;
      }
      JsonValue b = right.eval(c, base);
      if (b == null) {
        return false;
      }
      c.chargeFor(a);
      return comparison.test(a, b);
    }
  }
}
