package app.intentgate.rego.regex;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The classes of {@code \p{...}}: general categories by short or long name (Unicode's property
 * value aliases), scripts by name, and {@code Any}, {@code ASCII}, {@code Assigned}, {@code LC}.
 * Case, spaces, underscores and hyphens in a name do not count (UTS #18). Data is the JDK's.
 */
final class UnicodeSets {
  /** Long names of the categories, each after its short name. */
  private static final String ALIASES =
      "c other cc control,cntrl cf format cn unassigned co privateuse cs surrogate l letter"
          + " lc casedletter ll lowercaseletter lm modifierletter lo otherletter"
          + " lt titlecaseletter lu uppercaseletter m mark,combiningmark mc spacingmark"
          + " me enclosingmark mn nonspacingmark n number nd decimalnumber,digit nl letternumber"
          + " no othernumber p punctuation,punct pc connectorpunctuation pd dashpunctuation"
          + " pe closepunctuation pf finalpunctuation pi initialpunctuation po otherpunctuation"
          + " ps openpunctuation s symbol sc currencysymbol sk modifiersymbol sm mathsymbol"
          + " so othersymbol z separator zl lineseparator zp paragraphseparator"
          + " zs spaceseparator";

  /** Short names of the JDK's category numbers. */
  private static final String[] CATEGORY = new String[31];

  private static final Map<String, String> SHORT_NAMES = new HashMap<>();
  private static final Map<String, UnicodeScript> SCRIPTS = new HashMap<>();
  private static final Map<String, CodePointSet> CACHE = new ConcurrentHashMap<>();

  static {
    String[] words = ALIASES.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      SHORT_NAMES.put(words[i], words[i]);
      for (String alias : words[i + 1].split(",", -1)) {
        SHORT_NAMES.put(alias, words[i]);
      }
    }
    for (UnicodeScript s : UnicodeScript.values()) {
      if (s != UnicodeScript.UNKNOWN) {
        SCRIPTS.put(normal(s.name()), s);
      }
    }
    String inOrder = "cn lu ll lt lm lo mn me mc nd nl no zs zl zp cc cf -- co cs";
    String punctuation = " pd ps pe pc po sm sc sk so pi pf";
    String[] names = (inOrder + punctuation).split(" ", -1);
    System.arraycopy(names, 0, CATEGORY, 0, names.length);
  }

  private UnicodeSets() {}

  /** The class of a name, or null when there is none of that name. */
  static @Nullable CodePointSet named(String name, boolean foldCase) {
    String key = normal(name);
    CodePointSet set = named(key);
    return set == null || !foldCase
        ? set
        : CACHE.computeIfAbsent("fold " + key, x -> CaseFolding.of(set));
  }

  private static @Nullable CodePointSet named(String key) {
    String category = SHORT_NAMES.get(key);
    if (category != null) {
      return CACHE.computeIfAbsent(category, UnicodeSets::ofCategory);
    }
    UnicodeScript script = SCRIPTS.get(key);
    if (script != null) {
      return CACHE.computeIfAbsent(key, x -> scan(c -> UnicodeScript.of(c) == script));
    }
    return switch (key) {
      case "any" -> CodePointSet.ALL;
      case "ascii" -> new CodePointSet.Builder().add(0, 127).build();
      case "assigned" -> CACHE.computeIfAbsent(key, x -> scan(Character::isDefined));
      default -> null;
    };
  }

  private static CodePointSet ofCategory(String name) {
    boolean[] wanted = new boolean[CATEGORY.length];
    for (int i = 0; i < wanted.length; i++) {
      String c = CATEGORY[i];
      wanted[i] =
          c != null
              && (name.equals("lc") ? "lu ll lt".contains(c) : c.equals(name) || isGroup(name, c));
    }
    return scan(c -> wanted[Character.getType(c)]);
  }

  private static boolean isGroup(String name, String category) {
    return name.length() == 1 && category.startsWith(name);
  }

  private static CodePointSet scan(IntPredicate member) {
    CodePointSet.Builder out = new CodePointSet.Builder();
    int start = -1;
    for (int c = 0; c <= Characters.MAX; c++) {
      boolean in = member.test(c);
      if (in && start < 0) {
        start = c;
      } else if (!in && start >= 0) {
        out.add(start, c - 1);
        start = -1;
      }
    }
    if (start >= 0) {
      out.add(start, Characters.MAX);
    }
    return out.build();
  }

  private static String normal(String name) {
    StringBuilder b = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != ' ' && c != '_' && c != '-') {
        b.append(c);
      }
    }
    return b.toString().toLowerCase(Locale.ROOT);
  }
}
