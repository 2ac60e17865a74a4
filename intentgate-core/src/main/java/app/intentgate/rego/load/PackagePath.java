package app.intentgate.rego.load;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out which package a source belongs to. */
final class PackagePath {
  private PackagePath() {}

  /** The package with slashes, without {@code data}; null for a source that will not compile. */
  static @Nullable String of(String source) {
    for (RegoVersion version : RegoVersion.values()) {
      try {
        ParserOptions options = ParserOptions.ofDefaults().withVersion(version);
        return text(RegoParser.parseModule("", source, options).packageDecl().path());
      } catch (RegoParseException otherVersion) {
        // The other version may read it; a source that none reads is refused by the compiler.
      }
    }
    return null;
  }

  private static String text(Ref path) {
    List<String> parts = new ArrayList<>();
    for (Term part : path.tail()) {
      parts.add(part instanceof ScalarTerm s ? String.valueOf(s.value().asText()) : "");
    }
    return String.join("/", parts);
  }
}
