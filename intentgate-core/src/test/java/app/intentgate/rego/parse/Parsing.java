package app.intentgate.rego.parse;

import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.ast.AstPrinter;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.RegoError;
import java.util.List;

/** Reading modules in a test, with the built-in functions known. */
final class Parsing {
  static final ParserOptions V1 =
      ParserOptions.ofDefaults()
          .withBuiltins(name -> RegoPolicy.standardBuiltins().signature(name) != null);
  static final ParserOptions V0 = V1.withVersion(RegoVersion.V0);

  private Parsing() {}

  /** What a module is refused with; nothing when it is one. */
  static List<RegoError> errors(String module) {
    return errors(module, V1);
  }

  /** What a module of before OPA 1.0 is refused with; nothing when it is one. */
  static List<RegoError> errorsV0(String module) {
    return errors(module, V0);
  }

  private static List<RegoError> errors(String module, ParserOptions options) {
    try {
      RegoParser.parseModule("m0.rego", module, options);
      return List.of();
    } catch (RegoParseException e) {
      return e.errors();
    }
  }

  /** The module that a text is. */
  static RegoModule module(String text) {
    return RegoParser.parseModule("m0.rego", text, V1);
  }

  /** The expressions of a query, printed. */
  static String query(String text) {
    return RegoParser.parseQuery(text, V1).toString();
  }

  /** The rules of a module, printed a line each: head, body where one was written, else chain. */
  static String printed(String module, ParserOptions options) {
    StringBuilder out = new StringBuilder();
    for (Rule rule : RegoParser.parseModule("m0.rego", module, options).rules()) {
      out.append(out.isEmpty() ? "" : "\n").append(rule.isDefault() ? "default " : "");
      for (Rule branch = rule; branch != null; branch = branch.elseRule()) {
        out.append(branch == rule ? "" : " else ").append(AstPrinter.print(branch.head()));
        out.append(branch.generatedBody() ? "" : " if " + branch.body());
      }
    }
    return out.toString();
  }

  /** The module of these rules, which start at row 3. */
  static RegoModule rules(String rules) {
    return module("package test\n\n" + rules);
  }
}
