package app.intentgate.check;

/**
 * What a check found. A denial is a value, not an exception.
 *
 * @param <T> what a check that passed hands to those after it
 */
public sealed interface Outcome<T> {
  /**
   * The check passed.
   *
   * @param value what it found, for the checks after it
   */
  record Pass<T>(T value) implements Outcome<T> {}

  /**
   * The check refuses the call.
   *
   * @param refusal why
   * @param found what it found before it refused, for the audit log
   */
  record Deny<T>(Refusal refusal, T found) implements Outcome<T> {}

  /**
   * A human must agree first.
   *
   * @param value what the check found
   */
  record Escalate<T>(T value) implements Outcome<T> {}

  /** What the check found, whatever the outcome. */
  default T found() {
    if (this instanceof Pass<T> pass) {
      return pass.value();
    }
    if (this instanceof Deny<T> deny) {
      return deny.found();
    }
    return ((Escalate<T>) this).value();
  }
}
