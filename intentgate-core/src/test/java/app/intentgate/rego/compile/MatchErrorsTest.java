package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;

/** Sides of an equality that can never be equal, with the types that are known of them. */
class MatchErrorsTest {
  @ParameterizedTest
  @RegoTable(
      """
      p if 1 == "a"
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if null == true
      => 3: match error
      => | left  : null
      => | right : boolean
      --
      p if [1, 2] == [1, "a"]
      => 3: match error
      => | left  : array<number, number>
      => | right : array<number, string>
      --
      p if [1, 2] == [1, 2, 3]
      => 3: match error
      => | left  : array<number, number>
      => | right : array<number, number, number>
      --
      p if [] == {}
      => 3: match error
      => | left  : array[any]
      => | right : object[any: any]
      --
      p if {"a": 1} == {"a": "b"}
      => 3: match error
      => | left  : object<a: number>
      => | right : object<a: string>
      --
      p if {"a": 1} == {"b": 1}
      => 3: match error
      => | left  : object<a: number>
      => | right : object<b: number>
      --
      p if {"a": {"b": 1}} == {"a": {"b": [1]}}
      => 3: match error
      => | left  : object<a: object<b: number>>
      => | right : object<a: object<b: array<number>>>
      --
      p if {1, 2} == {"a"}
      => 3: match error
      => | left  : set[number]
      => | right : set[string]
      --
      p if {1, "a"} == {null}
      => 3: match error
      => | left  : set[any<number, string>]
      => | right : set[null]
      --
      p if {1} == [1]
      => 3: match error
      => | left  : set[number]
      => | right : array<number>
      --
      p if { x := 1; x == "a" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { x = 1; x = "a" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { [x, y] := [1, "a"]; x == y }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { {"k": x} := {"k": 1}; x == null }
      => 3: match error
      => | left  : number
      => | right : null
      --
      p if { x := [1, 2][_]; x == "a" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { some x in [1, 2]; x == "a" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { some k, _ in {"a": 1}; k == 1 }
      => 3: match error
      => | left  : string
      => | right : number
      --
      p if count([1]) == "a"
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if upper("a") == 1
      => 3: match error
      => | left  : string
      => | right : number
      --
      p if split("a", "b") == "c"
      => 3: match error
      => | left  : array[string]
      => | right : string
      --
      p if [x | x := 1] == "a"
      => 3: match error
      => | left  : array[number]
      => | right : string
      --
      p if {x | x := 1} == [1]
      => 3: match error
      => | left  : set[number]
      => | right : array<number>
      --
      p if {"k": x | x := 1} == [1]
      => 3: match error
      => | left  : object[string: number]
      => | right : array<number>
      --
      p if { x := [y | y := 1]; x == ["a"] }
      => 3: match error
      => | left  : array[number]
      => | right : array<string>
      --
      q := 1

      p if q == "a"
      => 5: match error
      => | left  : number
      => | right : string
      --
      q := 1 if input.x

      q := "a" if input.y

      p if q == null
      => 7: match error
      => | left  : any<number, string>
      => | right : null
      --
      q contains 1

      p if q == [1]
      => 5: match error
      => | left  : set[number]
      => | right : array<number>
      --
      q[x] := 1 if x := input.y

      p if q == [1]
      => 5: match error
      => | left  : object[any: number]
      => | right : array<number>
      --
      f(x) := 1

      p if f(2) == "a"
      => 5: match error
      => | left  : number
      => | right : string
      --
      p if 1 + 2 == "a"
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if (1 == 2) == 3
      => 3: match error
      => | left  : boolean
      => | right : number
      --
      p if { x := {"a": 1}; x.a == "b" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { x := {"a": 1}; x == {"a": 1, "b": 2} }
      => 3: match error
      => | left  : object<a: number>
      => | right : object<a: number, b: number>
      --
      p if { x := set(); x == [] }
      => 3: match error
      => | left  : set[any]
      => | right : array[any]
      --
      p if $"a" == 1
      => 3: match error
      => | left  : string
      => | right : number
      --
      p if {input.x, 1} == {"a"}
      => ok
      --
      q := "a" if input.x

      q := 1 if input.y

      q := null if input.z

      p if q == true
      => 9: match error
      => | left  : any<null, number, string>
      => | right : boolean
      --
      p if {"a", 1, [2], null, {"k": 1}, true, {3}} == 5
      => 3: match error
      => | left  : set[any<null, boolean, number, string, array<number>, object<k: number>,
         set[number]>]
      => | right : number
      """)
  void they_are_shown_with_their_types(RegoRow row) {
    row.isAnsweredBy(text(row));
  }

  /** The errors with what they say below their message, lines of which start with a bar. */
  private static String text(RegoRow row) {
    return Sources.modules(row.module()).errors().stream()
        .map(e -> e.text().replace("\t", "| ").replaceFirst("^m0.rego:", ""))
        .map(text -> text.replaceFirst("rego_type_error: ", ""))
        .collect(Collectors.joining("\n"));
  }
}
