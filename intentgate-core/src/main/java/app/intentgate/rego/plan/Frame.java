package app.intentgate.rego.plan;

/** Gives out the slots of one rule's frame. */
final class Frame {
  private int size;

  /** A slot that nothing else uses. */
  int newSlot() {
    return size++;
  }

  /** How many slots were given out. */
  int size() {
    return size;
  }
}
