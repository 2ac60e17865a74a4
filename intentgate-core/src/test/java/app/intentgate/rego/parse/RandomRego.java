package app.intentgate.rego.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes well-formed Rego from a seed, as the words it is made of: between two words there may be
 * blanks, line breaks and comments, and nothing may be within one.
 */
final class RandomRego {
  private static final String[] NAMES = {"x", "y", "foo", "_a1", "contains", "input", "data"};
  private static final String[] OPERATORS = {
    "==", "!=", "<", "<=", ">", ">=", "|", "&", "+", "-", "*", "/", "%", "in"
  };
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "1.50",
    "-3",
    "2e10",
    "\"\"",
    "\"a\\\"b\"",
    "\"é\\u00e9\\n\"",
    "`raw \\ \"`",
    "\"#\"",
    "123456789012345678901234567890"
  };

  private final Random random;
  private int comments;

  RandomRego(long seed) {
    random = new Random(seed);
  }

  /** Words with one blank between them. */
  static String plain(List<String> words) {
    return String.join(" ", words);
  }

  /** Words with any blanks, line breaks and comments between them. */
  String laidOut(List<String> words) {
    String[] gaps = {" ", "  ", "\t", "\n", "\r\n", " # é } ] \"\n", "\n#\n\n", "#x\n"};
    StringBuilder out = new StringBuilder();
    comments = 0;
    for (String word : words) {
      out.append(word);
      for (int i = random.nextInt(3); i >= 0; i--) {
        String gap = gaps[random.nextInt(gaps.length)];
        comments += gap.contains("#") ? 1 : 0;
        out.append(gap);
      }
    }
    return out.toString();
  }

  /** How many comments the last layout has. */
  int comments() {
    return comments;
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A term; its first word is no operator. */
  List<String> term(int depth) {
    if (depth <= 0 || chance(30)) {
      return List.of(chance(50) ? SCALARS[random.nextInt(SCALARS.length)] : reference(0));
    }
    return switch (random.nextInt(8)) {
      case 0 -> bracketed("[", "]", items(depth));
      case 1 -> chance(10) ? List.of("set()") : bracketed("{", "}", items(depth));
      case 2 -> bracketed("{", "}", members(depth));
      case 3 -> comprehension(depth);
      case 4 -> List.of(reference(depth));
      case 5 -> bracketed("(", ")", infix(depth - 1));
      case 6 -> List.of("$\"t \\{" + "{" + plain(term(depth - 2)) + "}\"");
      default -> List.of(call(depth));
    };
  }

  private String reference(int depth) {
    StringBuilder ref = new StringBuilder(name());
    for (int i = random.nextInt(3); i > 0; i--) {
      switch (random.nextInt(depth > 0 ? 4 : 3)) {
        case 0 -> ref.append(".if");
        case 1 -> ref.append('.').append(NAMES[random.nextInt(4)]);
        case 2 -> ref.append("[\"a b\"]");
        default -> ref.append('[').append(plain(infix(depth - 1))).append(']');
      }
    }
    return ref.toString();
  }

  private String call(int depth) {
    List<String> args = items(depth);
    return "f.g(" + plain(args) + ")" + (chance(20) ? ".h" : "");
  }

  private static List<String> bracketed(String open, String close, List<String> inner) {
    List<String> words = new ArrayList<>();
    words.add(open);
    words.addAll(inner);
    words.add(close);
    return words;
  }

  private List<String> items(int depth) {
    List<String> words = new ArrayList<>(term(depth - 1));
    for (int i = random.nextInt(3); i > 0; i--) {
      words.add(",");
      words.addAll(chance(30) ? infix(depth - 1) : term(depth - 1));
    }
    if (chance(20)) {
      words.add(",");
    }
    return words;
  }

  private List<String> members(int depth) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      words.addAll(term(depth - 2));
      words.add(":");
      words.addAll(term(depth - 1));
      if (i > 0) {
        words.add(",");
      }
    }
    return words;
  }

  private List<String> comprehension(int depth) {
    List<String> words = new ArrayList<>();
    boolean array = chance(40);
    words.add(array ? "[" : "{");
    words.addAll(term(depth - 2));
    if (!array && chance(50)) {
      words.add(":");
      words.addAll(term(depth - 2));
    }
    words.add("|");
    words.addAll(body(depth - 1));
    words.add(array ? "]" : "}");
    return words;
  }

  /** A term with operators. */
  List<String> infix(int depth) {
    List<String> words = new ArrayList<>(term(depth));
    for (int i = random.nextInt(3); i > 0; i--) {
      words.add(OPERATORS[random.nextInt(OPERATORS.length)]);
      words.addAll(term(depth - 1));
    }
    return words;
  }

  /** Expressions with semicolons between them. */
  List<String> body(int depth) {
    List<String> words = new ArrayList<>(expression(depth));
    for (int i = random.nextInt(3); i > 0; i--) {
      words.add(";");
      words.addAll(expression(depth));
    }
    return words;
  }

  private List<String> expression(int depth) {
    List<String> words = new ArrayList<>();
    switch (random.nextInt(8)) {
      case 0 -> Collections.addAll(words, "some", "x", ",", "y");
      case 1 -> {
        Collections.addAll(words, "some", "k", ",", "[", "v", "]", "in");
        words.addAll(term(depth - 1));
      }
      case 2 -> {
        Collections.addAll(words, "every", "e", "in");
        words.addAll(term(depth - 1));
        words.addAll(bracketed("{", "}", body(depth - 2)));
      }
      case 3 -> {
        words.add("not");
        words.addAll(infix(depth));
      }
      case 4, 5 -> {
        words.addAll(term(depth));
        words.add(chance(50) ? ":=" : "=");
        words.addAll(infix(depth));
      }
      default -> words.addAll(infix(depth));
    }
    if (!words.get(0).equals("some") && chance(15)) {
      Collections.addAll(words, "with", "input.a", "as");
      words.addAll(infix(depth - 1));
    }
    return words;
  }

  /** A module of a few rules. */
  List<String> module() {
    List<String> words =
        new ArrayList<>(List.of("package", "a.b", "import", "data.lib", "as", "l"));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      words.addAll(rule());
    }
    return words;
  }

  private List<String> rule() {
    List<String> words = new ArrayList<>();
    switch (random.nextInt(5)) {
      case 0 -> Collections.addAll(words, "p", "contains", reference(1));
      case 1 -> Collections.addAll(words, "q.r[s]", ":=", reference(1));
      case 2 -> Collections.addAll(words, "f(x, [y, 1])", ":=", reference(1));
      case 3 -> {
        Collections.addAll(words, "default", "d", ":=", "1");
        return words;
      }
      default -> {
        Collections.addAll(words, "e", ":=", "1", "if", "{");
        words.addAll(body(2));
        Collections.addAll(words, "}", "else", ":=", "2", "if", "{");
        words.addAll(body(1));
        words.add("}");
        return words;
      }
    }
    words.add("if");
    words.addAll(bracketed("{", "}", body(3)));
    return words;
  }
}
