package app.intentgate.rego.compile.pass;

/** One stage of the compilation of modules. */
@FunctionalInterface
public interface Pass {
  /** Changes the modules and reports errors; the compilation ends after a pass that reports any. */
  void run(Compilation compilation);
}
