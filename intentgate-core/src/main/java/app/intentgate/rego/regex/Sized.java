package app.intentgate.rego.regex;

/** Something compiled that can tell how much of the heap it takes, for those who keep it. */
public interface Sized {
  /** About how many bytes it takes now; may grow while it is used. */
  long bytes();
}
