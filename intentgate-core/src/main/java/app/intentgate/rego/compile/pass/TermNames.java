package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;

/** The words for kinds of terms in error messages. */
final class TermNames {
  private TermNames() {}

  static String of(Term t) {
    if (t instanceof ScalarTerm s) {
      if (s.value() instanceof JsonNull) {
        return "null";
      }
      if (s.value() instanceof JsonBoolean) {
        return "boolean";
      }
      return s.value() instanceof JsonNumber ? "number" : "string";
    }
    if (t instanceof Var) {
      return "var";
    }
    if (t instanceof RefTerm) {
      return "ref";
    }
    if (t instanceof CallTerm) {
      return "call";
    }
    if (t instanceof ArrayTerm) {
      return "array";
    }
    if (t instanceof ObjectTerm) {
      return "object";
    }
    if (t instanceof SetTerm) {
      return "set";
    }
    if (t instanceof ArrayComprehension) {
      return "arraycomprehension";
    }
    if (t instanceof SetComprehension) {
      return "setcomprehension";
    }
    return t instanceof ObjectComprehension ? "objectcomprehension" : "templatestring";
  }
}
