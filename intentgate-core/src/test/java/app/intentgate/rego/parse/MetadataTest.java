package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;

/** Metadata: YAML in the comments below {@code # METADATA}, for what follows. */
class MetadataTest {
  @ParameterizedTest
  @RegoTable(
      """
      # METADATA
      # title: A title
      # description: |
      #   two
      #   lines
      package a
      => 1 for 6: {"scope":"package","title":"A title","description":"two\\nlines\\n"}
      --
      package a
      # METADATA
      # title: one
      p := 1

      # METADATA
      # title: two
      p := 2
      => 2 for 4: {"scope":"rule","title":"one"}
      => 6 for 8: {"scope":"rule","title":"two"}
      --
      package a
      # METADATA
      # scope: document
      # title: all of p
      p := 1

      p := 2
      => 2 for 5: {"scope":"document","title":"all of p"}
      --
      # METADATA
      # scope: subpackages
      # organizations:
      # - ours
      # - theirs
      package a
      => 1 for 6: {"scope":"subpackages","organizations":["ours","theirs"]}
      --
      # METADATA
      # scope: package
      # title: outer
      # METADATA
      # scope: subpackages
      # title: inner
      package a
      => 1 for 7: {"scope":"package","title":"outer"}
      => 4 for 7: {"scope":"subpackages","title":"inner"}
      --
      package a
      # METADATA
      # entrypoint: true
      p := 1
      => 2 for 4: {"scope":"document","entrypoint":true}
      --
      package a
      # METADATA
      # entrypoint: false
      # title: no entry
      p := 1
      => 2 for 5: {"scope":"rule","title":"no entry"}
      --
      # METADATA
      # entrypoint: true
      package a
      => 1 for 3: {"scope":"package","entrypoint":true}
      --
      package a
      # METADATA
      # authors:
      # - Ann Other
      # - Ann Other <ann@example.com>
      # - <only@example.com>
      # - name: Bob
      #   email: bob@example.com
      # - email: c@example.com
      p := 1
      => 2 for 10: {"scope":"rule","authors":[{"name":"Ann Other"},{"name":"Ann
         Other","email":"ann@example.com"},{"email":"only@example.com"},{"name":"Bob","email":"bob@example.com"},{"email":"c@example.com"}]}
      --
      package a
      # METADATA
      # related_resources:
      # - https://example.com
      # - ref: https://example.com/a
      #   description: with a text
      p := 1
      => 2 for 7:
         {"scope":"rule","related_resources":[{"ref":"https://example.com"},{"description":"with a
         text","ref":"https://example.com/a"}]}
      --
      package a
      # METADATA
      # custom:
      #   level: 3
      #   list: [1, "two", {three: 3}]
      #   nested: {a: {b: null}}
      p := 1
      => 2 for 7:
         {"scope":"rule","custom":{"level":3,"list":[1,"two",{"three":3}],"nested":{"a":{"b":null}}}}
      --
      package a
      # METADATA
      # schemas:
      # - input: schema.foo
      # - data.acl: schema["a-b"].c
      # - input.x: {type: string}
      p := 1
      => 2 for 7:
         {"scope":"rule","schemas":[{"path":["input"],"schema":["schema","foo"]},{"path":["data","acl"],"schema":["schema","a-b","c"]},{"path":["input","x"],"definition":{"type":"string"}}]}
      --
      package a
      # METADATA
      # title: 5
      # unknown: dropped
      p := 1
      => 2 for 5: {"scope":"rule","title":"5"}
      --
      package a
      #METADATA
      #title: no blank
      p := 1
      => 2 for 4: {"scope":"rule","title":"no blank"}
      --
      package a
      # METADATA
      # title: at the margin
        # description: not there
      p := 1
      => 2 for 5: {"scope":"rule","title":"at the margin"}
      --
      package a
      # METADATA of the rule
      # title: a word more
      p := 1
      => 2 for 4: {"scope":"rule","title":"a word more"}
      --
      package a
      # METADATA
      # title: detached

      # not: part of it
      p := 1
      => 2 for 6: {"scope":"rule","title":"detached"}
      --
      package a
      # METADATA
      # title: for an else chain
      p := 1 if false
      else := 2
      => 2 for 4: {"scope":"rule","title":"for an else chain"}
      """)
  void fields_are_read(RegoRow row) {
    row.isAnsweredBy(metadata(row.source()));
  }

  /** Each block as its fields, a line each, with the row of what it belongs to. */
  private static String metadata(String source) {
    return Parsing.module(source).annotations().stream()
        .map(a -> a.location().row() + " for " + a.target().row() + ": " + a.fields())
        .collect(Collectors.joining("\n"));
  }
}
