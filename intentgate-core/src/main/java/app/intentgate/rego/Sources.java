package app.intentgate.rego;

import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParseException;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses the modules of a policy: many at a time when there are many. */
final class Sources {
  /** From how many modules on other processors help; a policy of a gate has fewer. */
  private static final int MANY = 32;

  /** A module, or what is wrong with it. */
  private record Parsed(@Nullable RegoModule module, List<RegoError> errors) {
    static Parsed of(String file, String source, ParserOptions options) {
      try {
        return new Parsed(RegoParser.parseModule(file, source, options), List.of());
      } catch (RegoParseException e) {
        return new Parsed(null, e.errors());
      }
    }
  }

  private Sources() {}

  /**
   * The modules, in the order of their sources.
   *
   * @throws RegoCompileException with the errors of all, in that order
   */
  static List<RegoModule> parse(Map<String, String> sources, ParserOptions options) {
    Stream<Map.Entry<String, String>> all = List.copyOf(sources.entrySet()).stream();
    if (sources.size() >= MANY) {
      all = all.parallel();
    }
    List<RegoModule> modules = new ArrayList<>(sources.size());
    List<RegoError> errors = new ArrayList<>();
    for (Parsed p : all.map(e -> Parsed.of(e.getKey(), e.getValue(), options)).toList()) {
      if (p.module() != null) {
        modules.add(p.module());
      }
      errors.addAll(p.errors());
    }
    if (!errors.isEmpty()) {
      throw new RegoCompileException(errors);
    }
    return modules;
  }
}
