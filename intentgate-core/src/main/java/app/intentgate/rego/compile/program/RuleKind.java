package app.intentgate.rego.compile.program;

/** What a rule defines. */
public enum RuleKind {
  /** One value at a fixed path: {@code p := v}, {@code a.b.c := v}. */
  COMPLETE,
  /** A function: {@code f(x) := v}. */
  FUNCTION,
  /** Elements of a set: {@code p contains x}, {@code a[b].c contains x}. */
  PARTIAL_SET,
  /** Members of an object, one or more levels deep: {@code p[k] := v}, {@code a[b].c[d] := v}. */
  PARTIAL_OBJECT
}
