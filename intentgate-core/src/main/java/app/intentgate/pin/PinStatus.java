package app.intentgate.pin;

import java.util.Locale;

/** What is thought of a tool as it was last listed. */
public enum PinStatus {
  /** It may be listed and called. */
  ACCEPTED,
  /** It is new or has changed, and waits for an operator. */
  QUARANTINED,
  /** An operator decided against it as it is. */
  REJECTED;

  /** The word used on the wire and in stores. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PinStatus of(String word) {
    for (PinStatus status : values()) {
      if (status.wireName().equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException("status must be accepted, quarantined or rejected");
  }
}
