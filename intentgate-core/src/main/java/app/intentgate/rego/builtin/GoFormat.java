package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinContext;
import java.util.List;

/**
 * Go's {@code fmt.Sprintf}: walks over a format, reads flags, width, precision and argument
 * indexes, and says in the text itself what does not fit ({@code %!d(MISSING)}), as Go does. Never
 * fails.
 */
final class GoFormat {
  /** Go takes larger widths, precisions and indexes for mistakes. */
  private static final int MAX_NUMBER = 1_000_000;

  private static final int CHARS_PER_STEP = 256;

  private final BuiltinContext context;
  private final String format;
  private final List<Object> arguments;
  private final StringBuilder out = new StringBuilder();
  private final GoVerbs verbs = new GoVerbs(out);
  private int at;
  private int argument;
  private boolean reordered;
  private boolean goodIndex;
  private boolean afterIndex;

  /** How much of what is written, or is about to be, was charged for. */
  private long charged;

  /** Formats; arguments are {@code Long}, {@code BigInteger}, {@code Double} or {@code String}. */
  static String format(BuiltinContext context, String format, List<Object> arguments) {
    return new GoFormat(context, format, arguments).run();
  }

  private GoFormat(BuiltinContext context, String format, List<Object> arguments) {
    this.context = context;
    this.format = format;
    this.arguments = arguments;
  }

  private String run() {
    while (at < format.length()) {
      int next = format.indexOf('%', at);
      if (next < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, next);
      at = next + 1;
      if (!directive()) {
        break;
      }
      expect(0);
    }
    if (!reordered && argument < arguments.size()) {
      extraArguments();
    }
    expect(0);
    return out.toString();
  }

  /** Charges for what is written next before it is there: a directive may write a long argument. */
  private void expect(long more) {
    context.chargeSteps(1 + more / CHARS_PER_STEP);
    long uncharged = out.length() + more - charged;
    if (uncharged > 0) {
      context.chargeBytes(uncharged);
      charged += uncharged;
    }
  }

  private boolean directive() {
    goodIndex = true;
    afterIndex = false;
    verbs.clear();
    flags();
    argumentIndex();
    width();
    precision();
    if (!afterIndex) {
      argumentIndex();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return false;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    print(verb);
    return true;
  }

  private void print(int verb) {
    if (verb == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
    } else if (argument >= arguments.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      Object next = arguments.get(argument++);
      expect(verbs.mostChars(next, verb));
      verbs.directive(next, verb);
    }
  }

  private void flags() {
    for (; at < format.length(); at++) {
      switch (format.charAt(at)) {
        case '#' -> verbs.sharp = true;
        case '0' -> verbs.zero = true;
        case '+' -> verbs.plus = true;
        case '-' -> verbs.minus = true;
        case ' ' -> verbs.space = true;
        default -> {
          return;
        }
      }
    }
  }

  private void width() {
    if (accept('*')) {
      Integer given = numberArgument();
      if (given == null) {
        out.append("%!(BADWIDTH)");
        return;
      }
      verbs.minus |= given < 0;
      verbs.width = Math.abs(given);
      afterIndex = false;
      return;
    }
    int number = number(format.length());
    if (number >= 0) {
      verbs.width = number;
      goodIndex &= !afterIndex;
    }
  }

  private void precision() {
    if (!accept('.')) {
      return;
    }
    goodIndex &= !afterIndex;
    argumentIndex();
    if (accept('*')) {
      Integer given = numberArgument();
      if (given == null || given < 0) {
        out.append("%!(BADPREC)");
      } else {
        verbs.precision = given;
      }
      afterIndex = false;
      return;
    }
    verbs.precision = Math.max(0, number(format.length()));
  }

  private boolean accept(char c) {
    if (at < format.length() && format.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  /** Reads digits; -1 when there are none, or too many: then the rest of the format is skipped. */
  private int number(int end) {
    int number = -1;
    while (at < end && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      if (number > MAX_NUMBER) {
        at = end;
        return -1;
      }
      number = Math.max(0, number) * 10 + format.charAt(at++) - '0';
    }
    return number;
  }

  /** The argument that {@code *} stands for; null when it is no reasonable whole number. */
  private @org.jspecify.annotations.Nullable Integer numberArgument() {
    if (argument >= arguments.size()) {
      return null;
    }
    return arguments.get(argument++) instanceof Long n && Math.abs(n) <= MAX_NUMBER
        ? n.intValue()
        : null;
  }

  /** Reads {@code [2]}, if it is there. */
  private void argumentIndex() {
    afterIndex = false;
    if (at >= format.length() || format.charAt(at) != '[') {
      return;
    }
    reordered = true;
    int end = format.indexOf(']', at);
    if (end < 0 || format.length() - at < 3) {
      at++;
      goodIndex = false;
      return;
    }
    at++;
    int number = number(end);
    boolean isNumber = number >= 0 && at == end;
    at = end + 1;
    afterIndex = isNumber;
    if (isNumber && number >= 1 && number <= arguments.size()) {
      argument = number - 1;
    } else {
      goodIndex = false;
    }
  }

  private void extraArguments() {
    verbs.clear();
    out.append("%!(EXTRA ");
    for (int i = argument; i < arguments.size(); i++) {
      if (i > argument) {
        out.append(", ");
      }
      expect(verbs.mostChars(arguments.get(i), 'v'));
      verbs.typed(arguments.get(i));
    }
    out.append(')');
  }
}
