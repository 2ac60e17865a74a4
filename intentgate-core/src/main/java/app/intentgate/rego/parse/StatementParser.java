package app.intentgate.rego.parse;

import app.intentgate.json.JsonString;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.PackageDecl;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses the statements of a source: package, imports, rules, and bodies, which are queries or
 * rules without a body. The first error in a statement ends the parsing, as in OPA.
 */
final class StatementParser extends RuleParser {
  private static final Set<String> ROOTS = Set.of("data", "input", "future", "rego");

  StatementParser(String file, String source, ParserOptions options) {
    super(file, source, options);
  }

  /**
   * All statements up to the end or the first error.
   *
   * @param rules whether rules may stand here; not in queries
   */
  List<Statement> parse(boolean rules) {
    List<Statement> statements = new ArrayList<>();
    scan();
    while (!at(Tok.EOF)) {
      State before = save();
      List<Statement> found = one(parsePackage());
      if (found == null && !hasErrors()) {
        restore(before);
        found = one(parseImport());
      }
      if (found == null && !hasErrors() && rules) {
        restore(before);
        found = parseRules();
      }
      if (found == null && !hasErrors()) {
        restore(before);
        Body body = parseBody(Tok.EOF, true);
        found = one(body == null ? null : new Statement.OfBody(body));
      }
      if (found == null) {
        break;
      }
      statements.addAll(found);
    }
    return statements;
  }

  private static @Nullable List<Statement> one(@Nullable Statement statement) {
    return statement == null ? null : List.of(statement);
  }

  /** Past the keyword; false when it turns out to be the start of a ref. */
  private boolean passKeyword() {
    scanSpace();
    if (at(Tok.DOT) || at(Tok.LBRACK)) {
      return false;
    }
    if (at(Tok.WHITESPACE)) {
      scan();
    }
    if (isKeywordForRef()) {
      state.tok = Tok.IDENT;
    }
    if (!at(Tok.IDENT)) {
      illegal();
      return false;
    }
    return true;
  }

  // --- package

  private @Nullable Statement parsePackage() {
    Location place = location();
    if (!at(Tok.PACKAGE) || !passKeyword()) {
      return null;
    }
    Term term = parseTerm();
    List<Term> path = new ArrayList<>();
    if (term instanceof Var v) {
      path.add(new Var("data", v.location()));
      path.add(ScalarTerm.string(v.name(), v.location()));
    } else if (term instanceof RefTerm r) {
      if (!addPackagePath(r.ref(), path)) {
        return null;
      }
    } else if (term != null) {
      illegal();
      return null;
    } else {
      if (!hasErrors()) {
        error(location(), "expected path");
      }
      return null;
    }
    return new Statement.OfPackage(new PackageDecl(new Ref(path), place));
  }

  private boolean addPackagePath(Ref ref, List<Term> path) {
    Location place = ref.head().location();
    if (!(ref.head() instanceof Var first)) {
      error(place, "unexpected " + TypeNames.of(ref.head()) + " token: expecting var");
      return false;
    }
    path.add(new Var("data", place));
    path.add(ScalarTerm.string(first.name(), place));
    if (!isStringTail(ref)) {
      return false;
    }
    path.addAll(ref.tail());
    return true;
  }

  private boolean isStringTail(Ref ref) {
    for (Term t : ref.tail()) {
      if (!(t instanceof ScalarTerm s && s.isString())) {
        error(t.location(), "unexpected " + TypeNames.of(t) + " token: expecting string");
        return false;
      }
    }
    return true;
  }

  // --- imports

  private @Nullable Statement parseImport() {
    Location place = location();
    if (!at(Tok.IMPORT) || !passKeyword()) {
      return null;
    }
    Term term = withoutKeywords(importable(), this::parseTerm);
    if (term instanceof RefTerm r && !isStringTail(r.ref())) {
      return null;
    }
    if (!(term instanceof RefTerm) && !(term instanceof Var)) {
      error(location(), "expected path");
      return null;
    }
    Ref path = term instanceof RefTerm r ? r.ref() : new Ref(List.of(term));
    if (!ROOTS.contains(path.headName())) {
      hint("if this is unexpected, try updating OPA");
      error(
          term.location(),
          "unexpected import path, must begin with one of: {data, future, input, rego}, got: "
              + path.head());
      return null;
    }
    String alias = null;
    if (at(Tok.AS)) {
      alias = parseAlias();
      if (alias == null) {
        return null;
      }
    } else {
      checkLastElement(path);
    }
    Import imported = new Import(path, alias, place);
    if (path.headName().equals("rego")) {
      importRegoV1(imported, term.location());
    } else if (path.headName().equals("future")) {
      importKeywords(imported, term.location());
    }
    return new Statement.OfImport(imported);
  }

  /** Keywords that {@code future.keywords} knows: read as names in the path of an import. */
  private static Map<String, Tok> importable() {
    Map<String, Tok> keywords = new HashMap<>(Tok.V1_KEYWORDS);
    keywords.put("not", Tok.NOT);
    return keywords;
  }

  private @Nullable String parseAlias() {
    scan();
    if (at(Tok.IDENT) && parseTerm() instanceof Var v) {
      return v.name();
    }
    illegal("expected var");
    return null;
  }

  private void checkLastElement(Ref path) {
    if (path.headName().equals("future")) {
      return;
    }
    Term last = path.last();
    String name =
        last instanceof ScalarTerm s && s.value() instanceof JsonString text
            ? text.value()
            : path.headName();
    boolean keyword =
        Tok.BASE_KEYWORDS.containsKey(name)
            || (options.isV1() && Tok.V1_KEYWORDS.containsKey(name));
    if (keyword) {
      hint("import a different path or use an alias");
      error(last.location(), "unexpected import path, must not end with a keyword, got: " + name);
    }
  }

  private void importRegoV1(Import imported, Location place) {
    if (!imported.isRegoV1()) {
      error(place, "invalid import `" + imported.path() + "`, must be `rego.v1`");
    } else if (!options.isV1() && imported.alias() != null) {
      error(place, "`rego` imports cannot be aliased");
    } else if (!options.isV1()) {
      addKeywords(Tok.V1_KEYWORDS);
    }
  }

  private void importKeywords(Import imported, Location place) {
    Ref path = imported.path();
    if (!imported.isFutureKeyword()) {
      error(place, "invalid import, must be `future.keywords`");
      return;
    }
    if (imported.alias() != null) {
      error(place, "`future` imports cannot be aliased");
      return;
    }
    if (path.size() == 2) {
      addKeywords(Tok.V1_KEYWORDS);
      state.wholeNot = true;
      return;
    }
    if (path.size() > 3) {
      return; // OPA takes it as it is, to no effect
    }
    String name = path.last() instanceof ScalarTerm s ? String.valueOf(s.asString()) : "";
    Tok keyword = Tok.V1_KEYWORDS.get(name);
    if (name.equals("not")) {
      state.wholeNot = true;
    } else if (keyword != null) {
      addKeywords(Map.of(name, keyword));
    } else {
      error(place, "unexpected keyword, must be one of [contains every if in not]");
    }
  }

  private void addKeywords(Map<String, Tok> more) {
    Map<String, Tok> all = new HashMap<>(state.keywords);
    all.putAll(more);
    if (more.containsKey("every")) {
      all.put("in", Tok.IN);
    }
    state.keywords = Map.copyOf(all);
  }
}
