package app.intentgate.rego.eval;

import app.intentgate.rego.spi.Location;

/**
 * Is told, while an evaluation runs, which rules are tried. The seam on which explanations hang.
 */
public interface RuleListener {
  /** A rule's body is about to run. */
  void entered(Location rule);

  /** A rule's body ran; the value it may have given is not known yet to others. */
  void left(Location rule);
}
