package app.intentgate.rego;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** Base documents and rules at the same paths are one document. */
class BaseDataTest {
  @ParameterizedTest
  @RegoTable(
      """
      # data {"roles": {"ann": ["admin"]}}
      package test
      import data.roles
      p := roles.ann[0]
      => "admin"
      --
      # data {"test": {"q": 5}}
      package test
      p := data.test.q
      => 5
      --
      # data {"test": {"q": {"base": 1}}}
      package test
      p := data.test.q
      q.rule := 2
      => {"base":1,"rule":2}
      --
      # data {"lib": {"base": 1, "q": {"x": 1}}}
      package test
      p := data.lib
      ##--
      package lib
      q.y := 2
      => {"base":1,"q":{"x":1,"y":2}}
      --
      # data {"lib": {"base": 1}}
      package test
      p := data.lib
      ##--
      package lib
      q := 1 if false
      => {"base":1}
      --
      # data {"lib": {"base": 1}}
      package test
      p := {k: v | some k, v in data.lib}
      ##--
      package lib
      q := 2
      => {"base":1,"q":2}
      --
      # data {"lib": {"a": 1, "b": 2}}
      package test
      p := data.lib[k] if k := "b"
      ##--
      package lib
      c := 3
      => 2
      --
      # data {"lib": {"a": {"n": 1}, "b": {"n": 2}}}
      package test
      p := {k: v | v := data.lib[k].n}
      ##--
      package lib
      c.n := 3
      d.m := 4
      => {"a":1,"b":2,"c":3}
      --
      # data {"lib": {"a": 1}}
      package test
      p := x if x := data.lib with data.lib as {"b": 2}
      => {"b":2}
      --
      # data {"a": {"b": {"c": 1}}}
      package test
      p := x if x := data.a.b.c with data.a.b as {"c": 2}
      => 2
      --
      # data {"a": {"b": {"c": 1, "d": 2}}}
      package test
      p := x if x := data.a.b with data.a.b.c as 3
      => {"c":3,"d":2}
      """)
  void the_value_is(RegoRow row) {
    row.isAnsweredByEvaluation(policy(row));
  }

  private static final String DATA = "# data ";

  /** The modules of a row, with the base document that a line of it holds. */
  private static RegoPolicy policy(RegoRow row) {
    RegoPolicy.Builder builder = RegoPolicy.builder();
    row.source()
        .lines()
        .filter(line -> line.startsWith(DATA))
        .map(line -> (JsonObject) JsonReader.parseRego(line.substring(DATA.length())))
        .forEach(builder::data);
    List<String> modules = row.modules();
    for (int i = 0; i < modules.size(); i++) {
      builder.module("m" + i + ".rego", modules.get(i));
    }
    return builder.compile();
  }
}
