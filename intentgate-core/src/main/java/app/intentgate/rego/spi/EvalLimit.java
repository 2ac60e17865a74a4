package app.intentgate.rego.spi;

/** Why an evaluation was cut short; see {@link EvalLimits}. */
public enum EvalLimit {
  /** The embedder asked for it. */
  CANCELED,

  /** It took too long. */
  DEADLINE,

  /** Too many loop turns and calls. */
  STEPS,

  /** Too many items of arrays, sets and objects were built. */
  VALUES,

  /** Too much text was built. */
  STRING_BYTES,

  /** Calls were nested too deeply. */
  DEPTH,

  /** The thread's stack or the heap ran out before a limit did. */
  MEMORY
}
