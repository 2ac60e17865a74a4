package app.intentgate.rego;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** What names mean: rules of the package, imports, and what hides them. */
class NamesAcrossModulesTest {
  @ParameterizedTest
  @RegoTable(
      """
      package test
      p := q
      ##--
      package test
      q := 1
      => 1
      --
      package test
      p := data.lib.q
      ##--
      package lib
      q := 1
      => 1
      --
      package test
      import data.lib
      p := lib.q
      ##--
      package lib
      q := 1
      => 1
      --
      package test
      import data.lib.q
      p := q
      ##--
      package lib
      q := 1
      => 1
      --
      package test
      import data.lib.q as r
      p := r
      ##--
      package lib
      q := 1
      => 1
      --
      package test
      import data.lib.f
      p := f(1)
      ##--
      package lib
      f(x) := x + 1
      => 2
      --
      package test
      import data.lib as l
      p := l.f(1)
      ##--
      package lib
      f(x) := x + 1
      => 2
      --
      package test
      import data.lib
      p := {k | some k, _ in lib}
      ##--
      package lib
      q := 1
      r := 2 if false
      s contains 1
      => {"q", "s"}
      --
      package test
      import data.test.q as r
      p := r
      q := 1
      => 1
      --
      package test
      p := data.test.q
      q := 1
      => 1
      --
      package test
      import data.lib.q
      p := q
      q := 2
      ##--
      package lib
      q := 1
      => 1
      --
      package test
      import data.lib.q
      p := x if { q := 3; x := q }
      ##--
      package lib
      q := 1
      => 3
      --
      package test
      import data.lib.q
      p := f(3)
      f(q) := q
      ##--
      package lib
      q := 1
      => 3
      --
      package test
      import data.lib.q
      p := [q | some q in [3]]
      ##--
      package lib
      q := 1
      => [3]
      --
      package test
      import data.lib.q
      p := [[q | q := 3], q]
      ##--
      package lib
      q := 1
      => [[3],1]
      --
      # input {"user": {"id": 7}}
      package test
      import input.user
      p := user.id
      => 7
      --
      # input {"a b": {"c": 7}}
      package test
      import input["a b"].c as x
      p := x
      => 7
      --
      # input {"a": 7}
      package test
      import input as i
      p := i.a
      => 7
      --
      package test
      p := data.none
      => undefined
      --
      package test
      p := data.lib.q.r
      ##--
      package lib
      q := {"r": 1}
      => 1
      --
      package test
      p := data["a b"].q
      ##--
      package a_
      q := 1
      ##--
      package b_
      r := 2
      => undefined
      --
      package test
      p := data["a"]["b c"].q
      ##--
      package a["b c"]
      q := 1
      => 1
      --
      package test
      p contains x if x := data.lib[_].q
      ##--
      package lib.a
      q := 1
      ##--
      package lib.b
      q := 2
      => {1, 2}
      --
      package test
      p := count(data.lib)
      ##--
      package lib.a
      q := 1
      ##--
      package lib.b
      q := 2
      => 2
      --
      package test
      p := x if x := data.lib.f(2)
      ##--
      package lib
      f(x) := g(x) * 10
      ##--
      package lib
      g(x) := x + 1
      => 30
      --
      package test
      default p := "none"
      p := "one" if data.lib.ok
      ##--
      package lib
      ok if data.other.ok
      ##--
      package other
      ok := false
      => "none"
      --
      package test
      p := input_
      input_ := data_
      data_ := "x"
      => "x"
      --
      package test
      p if data.test.q == data["test"]["q"]
      q := 1
      => true
      """)
  void the_value_is(RegoRow row) {
    row.isAnsweredByEvaluation(policy(row));
  }

  private static RegoPolicy policy(RegoRow row) {
    RegoPolicy.Builder builder = RegoPolicy.builder();
    List<String> modules = row.modules();
    for (int i = 0; i < modules.size(); i++) {
      builder.module("m" + i + ".rego", modules.get(i));
    }
    return builder.compile();
  }
}
