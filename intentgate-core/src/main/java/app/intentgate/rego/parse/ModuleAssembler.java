package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Annotations;
import app.intentgate.rego.ast.Comment;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.PackageDecl;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a module of statements: rules of bare expressions, version checks, metadata. */
final class ModuleAssembler {
  private final ParserOptions options;
  private final FactRules facts;
  private final List<RegoError> errors = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final List<WrittenWords> words = new ArrayList<>();
  private @Nullable PackageDecl packageDecl;

  ModuleAssembler(ParserOptions options) {
    this.options = options;
    this.facts = new FactRules(options.isBuiltin(), options.isV1());
  }

  /** The module; throws {@link RegoParseException} when the statements are none. */
  RegoModule module(
      String file,
      List<Statement> statements,
      List<Comment> comments,
      List<MetadataBlock> metadata) {
    if (statements.isEmpty()) {
      throw new RegoParseException(
          List.of(RegoError.of(ErrorCode.PARSE, place(file), "empty module")));
    }
    List<Statement> others = statements.subList(1, statements.size());
    if (statements.get(0) instanceof Statement.OfPackage p) {
      packageDecl = p.decl();
    } else {
      error(statements.get(0).location(), "package expected");
    }
    others.forEach(this::add);
    RegoVersion version = version();
    if (version.isStrict()) {
      for (int i = 0; i < rules.size(); i++) {
        checkWords(rules.get(i), words.get(i));
      }
    }
    PackageDecl found = packageDecl;
    if (found == null || !errors.isEmpty()) {
      throw new RegoParseException(errors);
    }
    MetadataAttacher attacher = new MetadataAttacher(found, imports, rules, errors::add);
    List<Annotations> annotations = attacher.attach(metadata);
    if (!errors.isEmpty()) {
      throw new RegoParseException(errors);
    }
    return new RegoModule(found, imports, attacher.rules(), annotations, comments, version);
  }

  private static Location place(String file) {
    return Location.of(file, 0, 0);
  }

  private void add(Statement statement) {
    if (statement instanceof Statement.OfPackage p) {
      error(p.location(), "unexpected package");
    } else if (statement instanceof Statement.OfImport i) {
      imports.add(i.decl());
    } else if (statement instanceof Statement.OfRule r) {
      rules.add(r.rule());
      words.add(r.words());
    } else if (statement instanceof Statement.OfBody b) {
      try {
        rules.add(facts.rule(b.body()));
        words.add(WrittenWords.NONE);
      } catch (FactRules.NoRuleException e) {
        error(b.location(), String.valueOf(e.getMessage()));
      }
    }
  }

  private RegoVersion version() {
    boolean v1 = imports.stream().anyMatch(Import::isRegoV1);
    return options.version() == RegoVersion.V0 && v1
        ? RegoVersion.V0_WITH_V1_IMPORT
        : options.version();
  }

  /** Version 1 requires {@code if} before bodies and {@code contains} for sets. */
  private void checkWords(Rule first, WrittenWords firstWords) {
    Rule rule = first;
    WrittenWords written = firstWords;
    while (rule != null) {
      boolean usesIf = written != null && written.usesIf();
      boolean usesContains = written != null && written.usesContains();
      String kind = rule.head().isFunction() ? "function" : "rule";
      if (rule.generatedBody() && rule.head().generatedValue() && !rule.isDefault()) {
        error(rule.location(), kind + " must have value assignment and/or body declaration");
      }
      if (!rule.generatedBody() && !usesIf && !rule.isDefault()) {
        error(rule.location(), "`if` keyword is required before " + kind + " body");
      }
      if (rule.head().isMultiValue() && !usesContains) {
        error(rule.location(), "`contains` keyword is required for partial set rules");
      }
      rule = rule.elseRule();
      written = written == null ? null : written.ofElse();
    }
  }

  private void error(Location place, String message) {
    errors.add(RegoError.of(ErrorCode.PARSE, place, message));
  }
}
