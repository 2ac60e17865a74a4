package app.intentgate.rego.compile.vars;

import app.intentgate.rego.ast.Ref;

/** Says how many parameters functions have. */
@FunctionalInterface
public interface Arities {
  /** What {@link #of} gives for a name that nothing defines. */
  int UNDEFINED = -1;

  /**
   * The number of parameters of what a call's operator names: a built-in function, a function of
   * the program, or a rule without parameters (0); {@link #UNDEFINED} when it names nothing.
   */
  int of(Ref operator);
}
