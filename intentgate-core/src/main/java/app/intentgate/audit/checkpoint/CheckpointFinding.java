package app.intentgate.audit.checkpoint;

/** What comparing a log with a checkpoint found. */
public enum CheckpointFinding {
  /** The log holds the event that was signed, unchanged, and whatever came after. */
  HOLDS("the log holds what was signed"),
  /** No key that is trusted signed it. */
  NOT_SIGNED("the checkpoint is not signed by a trusted key, or was changed"),
  /** The chain ends before the event that was signed. */
  CUT("the log ends before the event that was signed: it was cut or rolled back"),
  /** The event of that number has another hash. */
  REWRITTEN("the log has another event where one was signed: it was rewritten"),
  /** The event of that number is not there, though later ones are. */
  MISSING("the event that was signed is missing from the log");

  private final String sentence;

  CheckpointFinding(String sentence) {
    this.sentence = sentence;
  }

  /** What it means. */
  public String sentence() {
    return sentence;
  }
}
