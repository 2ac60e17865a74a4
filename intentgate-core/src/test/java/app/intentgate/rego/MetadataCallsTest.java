package app.intentgate.rego;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;

/** What rego.metadata gives: the metadata of a rule, and that of all it belongs to. */
class MetadataCallsTest {
  @ParameterizedTest
  @RegoTable(
      """
      package test
      # METADATA
      # title: one
      p := rego.metadata.rule().title
      => "one"
      --
      package test
      # METADATA
      # title: one
      # custom: {level: 3}
      p := rego.metadata.rule()
      => {"scope":"rule","title":"one","custom":{"level":3}}
      --
      package test
      p := rego.metadata.rule()
      => {}
      --
      package test
      # METADATA
      # title: first
      p := x if { false; x := rego.metadata.rule().title }
      # METADATA
      # title: second
      p := x if x := rego.metadata.rule().title
      => "second"
      --
      package test
      # METADATA
      # scope: document
      # title: all
      p := rego.metadata.rule()
      => {}
      --
      package test
      # METADATA
      # authors:
      # - <a@example.com>
      # - B
      p := rego.metadata.rule().authors
      => [{"email":"a@example.com"},{"name":"B"}]
      --
      package test
      p := [link.path | some link in rego.metadata.chain()]
      => [["test","p"]]
      --
      # METADATA
      # title: of the package
      package test
      # METADATA
      # title: of the rule
      p := [link.annotations.title | some link in rego.metadata.chain()]
      => ["of the rule","of the package"]
      --
      # METADATA
      # title: of the package
      package test
      # METADATA
      # scope: document
      # title: of the document
      # METADATA
      # title: of the rule
      p := [link.annotations.scope | some link in rego.metadata.chain()]
      => ["rule","document","package"]
      --
      # METADATA
      # scope: subpackages
      # title: above
      package test
      # METADATA
      # title: of the rule
      p := [link.annotations.title | some link in rego.metadata.chain()]
      => ["of the rule","above"]
      --
      package test
      p := data.test.sub.q
      ##--
      # METADATA
      # scope: subpackages
      # title: outer
      package test
      ##--
      # METADATA
      # title: inner
      package test.sub
      # METADATA
      # title: rule
      q := [link.annotations.title | some link in rego.metadata.chain()]
      => ["rule","inner","outer"]
      --
      package test
      p := data.test.sub.q
      ##--
      # METADATA
      # scope: package
      # title: not inherited
      package test
      ##--
      package test.sub
      q := [link.path | some link in rego.metadata.chain()]
      => [["test","sub","q"]]
      --
      package test
      # METADATA
      # title: of a function
      f(x) := [x, rego.metadata.rule().title]
      p := f(1)
      => [1,"of a function"]
      --
      package test
      # METADATA
      # title: of a set
      s contains rego.metadata.rule().title
      p := s
      => {"of a set"}
      --
      package test
      # METADATA
      # title: inside
      p := [rego.metadata.rule().title | true]
      => ["inside"]
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
