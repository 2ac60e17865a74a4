package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;

/**
 * One source file.
 *
 * @param packageDecl its package
 * @param imports the imports, as written
 * @param rules the rules, as written; else branches hang on their rule
 * @param annotations metadata blocks, in the order of the source
 * @param comments all comments
 * @param version the language version the source was read as
 */
public record RegoModule(
    PackageDecl packageDecl,
    List<Import> imports,
    List<Rule> rules,
    List<Annotations> annotations,
    List<Comment> comments,
    RegoVersion version)
    implements Node {
  /** Copies the lists. */
  public RegoModule {
    imports = List.copyOf(imports);
    rules = List.copyOf(rules);
    annotations = List.copyOf(annotations);
    comments = List.copyOf(comments);
  }

  /** The package's place, which is also the file's name. */
  @Override
  public Location location() {
    return packageDecl.location();
  }

  /** The same module with other rules. */
  public RegoModule withRules(List<Rule> newRules) {
    return new RegoModule(packageDecl, imports, newRules, annotations, comments, version);
  }

  /** The same module with other imports. */
  public RegoModule withImports(List<Import> newImports) {
    return new RegoModule(packageDecl, newImports, rules, annotations, comments, version);
  }
}
