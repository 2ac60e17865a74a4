package app.intentgate.rego.compile;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;

/** Refs that lead nowhere, with where they end and what there is instead. */
class RefErrorsTest {
  @ParameterizedTest
  @RegoTable(
      """
      q := {"a": 1, "b": 2}

      p := q.c
      => 5: undefined ref: data.test.q.c
      => | data.test.q.c
      => |             ^
      => |             have: "c"
      => |             want (one of): ["a" "b"]
      --
      q := {"a": {"b": 1}}

      p := q.a.c
      => 5: undefined ref: data.test.q.a.c
      => | data.test.q.a.c
      => |               ^
      => |               have: "c"
      => |               want (one of): ["b"]
      --
      q := {"a": {"b": 1}}

      p := q.a.b.c
      => 5: undefined ref: data.test.q.a.b.c
      => | data.test.q.a.b.c
      => | ^^^^^^^^^^^^^^^
      => | have: number
      --
      q := {"a": 1, 2: 3, null: 4}

      p := q.b
      => 5: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): [null 2 "a"]
      --
      q := 1

      p := q.x
      => 5: undefined ref: data.test.q.x
      => | data.test.q.x
      => | ^^^^^^^^^^^
      => | have: number
      --
      q := "a"

      p := q[0]
      => 5: undefined ref: data.test.q[0]
      => | data.test.q[0]
      => | ^^^^^^^^^^^
      => | have: string
      --
      q := null

      p := q[_]
      => 5: undefined ref: data.test.q[_]
      => | data.test.q[_]
      => | ^^^^^^^^^^^
      => | have: null
      --
      q := [1, 2]

      p := q.x
      => 5: undefined ref: data.test.q.x
      => | data.test.q.x
      => |             ^
      => |             have: "x"
      => |             want (type): number
      --
      q := [1, 2]

      p := q[2]
      => 5: undefined ref: data.test.q[2]
      => | data.test.q[2]
      => |             ^
      => |             have: 2
      => |             want (type): number
      --
      q := [1, 2]

      p := q["0"]
      => 5: undefined ref: data.test.q["0"]
      => | data.test.q["0"]
      => |             ^
      => |             have: "0"
      => |             want (type): number
      --
      q contains 1

      p if q["a"]
      => 5: undefined ref: data.test.q.a
      => | data.test.q.a
      => |             ^
      => |             have: "a"
      => |             want (type): number
      --
      q contains "a"

      p if q[1]
      => 5: undefined ref: data.test.q[1]
      => | data.test.q[1]
      => |             ^
      => |             have: 1
      => |             want (type): string
      --
      q := {1, "a"}

      p if q[null]
      => 5: undefined ref: data.test.q[null]
      => | data.test.q[null]
      => |             ^
      => |             have: null
      => |             want (type): any<number, string>
      --
      q := {}

      p := q.x
      => ok
      --
      q := []

      p := q.x
      => 5: undefined ref: data.test.q.x
      => | data.test.q.x
      => |             ^
      => |             have: "x"
      => |             want (type): number
      --
      q[x] := 1 if x := input.y

      p := q.a.b
      => 5: undefined ref: data.test.q.a.b
      => | data.test.q.a.b
      => | ^^^^^^^^^^^^^
      => | have: number
      --
      q.a := 1

      q.b := 2

      p := q.a.x
      => 7: undefined ref: data.test.q.a.x
      => | data.test.q.a.x
      => | ^^^^^^^^^^^^^
      => | have: number
      --
      p := x.b if x := {"a": 1}
      => 3: undefined ref: x.b
      => | x.b
      => |   ^
      => |   have: "b"
      => |   want (one of): ["a"]
      --
      p := x[0] if x := {"a": 1}
      => 3: undefined ref: x[0]
      => | x[0]
      => |   ^
      => |   have: 0
      => |   want (one of): ["a"]
      --
      p if { x := [1, 2]; x[i] == 1; i == "a" }
      => 3: match error
      => | left  : number
      => | right : string
      --
      p if { x := {"a": 1}; y := "b"; x[y] }
      => ok
      --
      p if { x := {"a": 1}; y := 0; x[y] }
      => 3: undefined ref: x[y]
      => | x[y]
      => |   ^
      => |   have (type): number
      => |   want (one of): ["a"]
      --
      p if { some x in [{"a": 1}]; x.b }
      => 3: undefined ref: x.b
      => | x.b
      => |   ^
      => |   have: "b"
      => |   want (one of): ["a"]
      --
      p if { x := count([1]); x.y }
      => 3: undefined ref: x.y
      => | x.y
      => | ^
      => | have: number
      --
      p if { x := split("a", "b"); x.y }
      => 3: undefined ref: x.y
      => | x.y
      => |   ^
      => |   have: "y"
      => |   want (type): number
      --
      p if { x := 1; x[_] }
      => 3: undefined ref: x[_]
      => | x[_]
      => | ^
      => | have: number
      --
      p := [x | y := {"a": 1}; x := y.b]
      => 3: undefined ref: y.b
      => | y.b
      => |   ^
      => |   have: "b"
      => |   want (one of): ["a"]
      --
      p if not q.b

      q := {"a": 1}
      => 3: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): ["a"]
      --
      p if every x in q.b { x }

      q := {"a": [1]}
      => 3: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): ["a"]
      --
      p if true with input as q.b

      q := {"a": 1}
      => 3: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): ["a"]
      --
      p := data.test.q.b

      q := {"a": 1}
      => 3: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): ["a"]
      --
      p := $"{q.b}"

      q := {"a": 1}
      => 3: undefined ref: data.test.q.b
      => | data.test.q.b
      => |             ^
      => |             have: "b"
      => |             want (one of): ["a"]
      """)
  void they_are_shown_up_to_where_they_end(RegoRow row) {
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
