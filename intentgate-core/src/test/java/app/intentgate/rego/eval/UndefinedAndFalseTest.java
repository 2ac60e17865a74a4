package app.intentgate.rego.eval;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** False and undefined are two things, and both end a body. */
class UndefinedAndFalseTest {
  @Expressions(
      """
      input.f => false
      input.missing => undefined
      input.missing.deeper => undefined
      input.n > 5 => false
      input.n == 2 => false
      input.missing > 5 => undefined
      input.missing == input.missing => undefined
      input.missing == false => undefined
      input.f == false => true
      input.nil == false => false
      contains(input.s, "q") => false
      contains(input.missing, "q") => undefined
      count(input.missing) => undefined
      "x" in input.missing => undefined
      """)
  void a_value_may_be_false_and_what_is_not_there_is_no_value(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if input.t => true
      if input.f => undefined
      if input.nil => true
      if input.zero => true
      if input.empty => true
      if "" => true
      if {} => true
      if set() => true
      if input.missing => undefined
      if input.n > 5 => undefined
      if contains(input.s, "q") => undefined
      if input.n == 1; input.f => undefined
      if input.f; input.n == 1 => undefined
      """)
  void a_body_ends_at_false_and_goes_on_after_null_and_zero(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      if x := input.f => true
      if x = input.f => true
      if x := input.f; x => undefined
      if x := input.f; not x => true
      if input.f = false => true
      if input.f = input.f => true
      if input.t = input.f => undefined
      """)
  void giving_a_name_to_false_holds(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      [input.missing] => undefined
      [1, [input.missing]] => undefined
      {"k": input.missing} => undefined
      {input.missing: 1} => undefined
      {input.missing} => undefined
      [input.f] => [false]
      {"k": input.f} => {"k": false}
      [x | some x in [1, 2]; input.missing] => []
      [input.missing | true] => []
      [input.f | true] => [false]
      {x: input.missing | some x in [1, 2]} => {}
      {x | some x in [input.f, input.nil]} => {null, false}
      """)
  void a_document_with_an_undefined_part_is_undefined_and_a_collection_goes_without(
      ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      input.s.x => undefined
      input.n.x => undefined
      input.nil.x => undefined
      input.t.x => undefined
      input.o.k.x => undefined
      input.a[2] => undefined
      input.a[-1] => undefined
      input.a["0"] => undefined
      input.a[0.5] => undefined
      input.o[0] => undefined
      input.o.v => undefined
      input.s[0] => undefined
      data.missing => undefined
      data.missing.deeper[0] => undefined
      """)
  void a_path_that_leads_nowhere_is_undefined(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules =
          """
          no if false

          never := x if x := input.missing

          default closed := false

          closed if input.missing

          default open := true

          open := false if input.f

          set_of_none contains x if x := input.missing

          object_of_none[x] := 1 if x := input.missing

          nothing(x) := y if y := x.missing

          is_one(x) if x == 1

          falsy(x) := x == 1
          """,
      value =
          """
          no => undefined
          never => undefined
          closed => false
          open => true
          set_of_none => set()
          object_of_none => {}
          count(set_of_none) => 0
          nothing(input) => undefined
          is_one(1) => true
          is_one(2) => undefined
          falsy(2) => false
          [no, closed] => undefined
          [closed, set_of_none] => [false, set()]
          data.p.nothing_of_the_kind => undefined
          """)
  void rules_without_a_value_are_undefined_and_partial_ones_empty(ExpressionTable.Line line) {
    line.check();
  }
}
