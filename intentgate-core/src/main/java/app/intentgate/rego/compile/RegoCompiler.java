package app.intentgate.rego.compile;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.compile.pass.Assembly;
import app.intentgate.rego.compile.pass.Compilation;
import app.intentgate.rego.compile.pass.ErrorSink;
import app.intentgate.rego.compile.pass.ModulePasses;
import app.intentgate.rego.compile.pass.QueryPasses;
import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.TypeCheckStage;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles parsed modules into a program, and queries against it. A stage that finds errors ends
 * the compilation, so that errors come in the order of OPA's stages; after ten of them, unless told
 * otherwise, the compiler gives up. Immutable and thread-safe.
 */
public final class RegoCompiler {
  /** How many errors are reported unless told otherwise, besides the word that there are more. */
  public static final int MAX_ERRORS = 10;

  private final BuiltinRegistry builtins;
  private final TypeCheckStage types;
  private final boolean strict;
  private final boolean prints;
  private final @Nullable JsonObject checkedData;
  private final int maxErrors;

  /**
   * A compiler.
   *
   * @param builtins the functions that policies may call besides their own
   * @param types the stage that checks types
   * @param strict whether what OPA's strict mode refuses is refused: unused variables, parameters
   *     and imports, and in Rego v0 also duplicate imports, names that hide documents, and
   *     deprecated functions
   */
  public RegoCompiler(BuiltinRegistry builtins, TypeCheckStage types, boolean strict) {
    this(builtins, types, strict, false, null, MAX_ERRORS);
  }

  private RegoCompiler(
      BuiltinRegistry builtins,
      TypeCheckStage types,
      boolean strict,
      boolean prints,
      @Nullable JsonObject checkedData,
      int maxErrors) {
    this.builtins = builtins;
    this.types = types;
    this.strict = strict;
    this.prints = prints;
    this.checkedData = checkedData;
    this.maxErrors = maxErrors;
  }

  /** The same compiler, which leaves calls of {@code print} in or takes them out. */
  public RegoCompiler withPrints(boolean newPrints) {
    return new RegoCompiler(builtins, types, strict, newPrints, checkedData, maxErrors);
  }

  /** The same compiler, which refuses rules at the paths of these base documents. */
  public RegoCompiler withCheckedData(JsonObject data) {
    return new RegoCompiler(builtins, types, strict, prints, data, maxErrors);
  }

  /** The same compiler, which reports so many errors, or any number for 0. */
  public RegoCompiler withMaxErrors(int errors) {
    return new RegoCompiler(builtins, types, strict, prints, checkedData, errors);
  }

  /**
   * Compiles modules; their files must have different names.
   *
   * @throws CompileFailure when they do not compile
   */
  public Program compile(List<RegoModule> modules) throws CompileFailure {
    ErrorSink errors = ErrorSink.ofModules(maxErrors);
    try {
      Compilation compilation =
          new Compilation(modules, builtins, strict, prints, checkedData, errors);
      ModulePasses.run(compilation);
      if (!errors.hasErrors()) {
        Program program = Assembly.assemble(compilation);
        errors.addAll(types.check(program));
        if (!errors.hasErrors()) {
          ModulePasses.checkDeprecated(compilation);
        }
        if (!errors.hasErrors()) {
          return program;
        }
      }
    } catch (ErrorSink.LimitReached e) {
      throw new CompileFailure(errors.errors());
    }
    throw new CompileFailure(errors.errors());
  }

  /**
   * Compiles a query that uses no names but {@code input} and {@code data}.
   *
   * @throws CompileFailure when it does not compile
   */
  public CompiledQuery compile(Program program, Body query) throws CompileFailure {
    return compile(program, query, List.of());
  }

  /**
   * Compiles a query.
   *
   * @param program what it asks about; compiled by a compiler with the same settings
   * @param query the query as it was parsed
   * @param imports the further names it may use
   * @throws CompileFailure when it does not compile
   */
  public CompiledQuery compile(Program program, Body query, List<Import> imports)
      throws CompileFailure {
    ErrorSink errors = ErrorSink.ofQuery(maxErrors);
    try {
      QueryPasses passes = new QueryPasses(program, query, imports, prints, errors);
      passes.run();
      if (!errors.hasErrors()) {
        CompiledQuery compiled = passes.result();
        errors.addAll(types.check(program, compiled));
        if (!errors.hasErrors()) {
          passes.checkDeprecated();
        }
        if (!errors.hasErrors()) {
          return compiled;
        }
      }
    } catch (ErrorSink.LimitReached e) {
      throw new CompileFailure(errors.errors());
    }
    throw new CompileFailure(errors.errors());
  }
}
