package app.intentgate.rego.compile;

import app.intentgate.rego.ast.AstPrinter;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.builtin.StandardBuiltins;
import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.RuleBranch;
import app.intentgate.rego.compile.types.TypeChecker;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;

/** Sources to compile in a test, with shorthands for what came out. */
final class Sources {
  private final List<String> modules;
  private BuiltinRegistry builtins = StandardBuiltins.registry();
  private RegoVersion version = RegoVersion.V1;
  private boolean strict;

  private Sources(List<String> modules) {
    this.modules = modules;
  }

  /** Complete modules, named m0.rego and so on. */
  static Sources modules(List<String> modules) {
    return new Sources(modules);
  }

  /** Complete modules, named m0.rego and so on. */
  static Sources modules(String... modules) {
    return new Sources(List.of(modules));
  }

  /** One module of package {@code test}; the lines of the rules start at 3. */
  static Sources rules(String rules) {
    return modules("package test\n\n" + rules);
  }

  Sources v0() {
    version = RegoVersion.V0;
    return this;
  }

  Sources strict() {
    strict = true;
    return this;
  }

  Sources with(BuiltinRegistry registry) {
    builtins = registry;
    return this;
  }

  private ParserOptions parserOptions() {
    return ParserOptions.ofDefaults()
        .withVersion(version)
        .withBuiltins(n -> builtins.signature(n) != null);
  }

  private RegoCompiler compiler() {
    return new RegoCompiler(builtins, new TypeChecker(), strict);
  }

  private Program tryCompile() throws CompileFailure {
    List<RegoModule> parsed = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      parsed.add(RegoParser.parseModule("m" + i + ".rego", modules.get(i), parserOptions()));
    }
    return compiler().compile(parsed);
  }

  /** The program; fails the test when there is none. */
  Program compile() {
    try {
      return tryCompile();
    } catch (CompileFailure e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** What is wrong, of the parser or the compiler; empty when the sources compile. */
  List<RegoError> errors() {
    try {
      tryCompile();
      return List.of();
    } catch (CompileFailure e) {
      return e.errors();
    } catch (RegoParseException e) {
      return e.errors();
    }
  }

  /** The errors as {@code row:col message}. */
  List<String> messages() {
    return errors().stream()
        .map(e -> e.location().row() + ":" + e.location().col() + " " + e.message())
        .toList();
  }

  /** The bodies of all branches of all rules, as text. */
  List<String> bodies() {
    List<String> bodies = new ArrayList<>();
    for (CompiledRule r : compile().rules()) {
      for (RuleBranch b : r.branches()) {
        bodies.add(AstPrinter.print(b.body()));
      }
    }
    return bodies;
  }

  /** The body of the first rule, as text. */
  String body() {
    return bodies().get(0);
  }

  /** The rule at an index. */
  CompiledRule rule(int index) {
    return compile().rules().get(index);
  }

  /** A query against the modules. */
  CompiledQuery query(String query) {
    try {
      return compiler().compile(compile(), RegoParser.parseQuery(query, parserOptions()));
    } catch (CompileFailure e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** What is wrong with a query against the modules. */
  List<RegoError> queryErrors(String query) {
    Program program = compile();
    try {
      compiler().compile(program, RegoParser.parseQuery(query, parserOptions()));
      return List.of();
    } catch (CompileFailure e) {
      return e.errors();
    } catch (RegoParseException e) {
      return e.errors();
    }
  }
}
