package app.intentgate.rego.conformance;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** How the folders of the suite are grouped, and in which order they are to be passed. */
public enum Tier {
  /** The language itself. A wrong answer here is a wrong allow. */
  A,
  /** Built-ins that authorization uses. */
  B,
  /** JSON web tokens. */
  C,
  /** Heavy and rare. */
  D,
  /** Experimental keywords, which OPA has off as well. */
  X;

  private static final Set<String> LANGUAGE =
      names(
          "assignments baseandvirtualdocs comparisonexpr completedoc compositebasedereference"
              + " compositereferences comprehensions dataderef defaultkeyword disjunction"
              + " elsekeyword eqexpr evaltermexpr every example fix1863 functionerrors functions"
              + " helloworld indexing indirectreferences inputvalues invalidkeyerror keywordrefs"
              + " negation nestedreferences partialdocconstants partialiter partialobjectdoc"
              + " partialsetdoc planner-ir refheads sets stringinterpolation undos varreferences"
              + " virtualdocs withkeyword");

  private static final Set<String> RARE =
      names(
          "graphql jsonschema providers-aws rendertemplate regometadatachain regometadatarule"
              + " regoparsemodule globsmatch netlookupipaddr cryptoparsersaprivatekeys");

  private static Set<String> names(String words) {
    return new HashSet<>(Arrays.asList(words.split(" ")));
  }

  /** The tier of a folder of the suite. */
  public static Tier of(String folder) {
    if (LANGUAGE.contains(folder)) {
      return A;
    } else if (folder.startsWith("jwt")) {
      return C;
    } else if (RARE.contains(folder) || folder.startsWith("cryptox509")) {
      return D;
    }
    return folder.equals("logic_operators") ? X : B;
  }
}
