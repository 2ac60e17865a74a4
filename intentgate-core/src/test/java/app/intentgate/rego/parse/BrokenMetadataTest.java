package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a block of metadata, and where that is told. */
class BrokenMetadataTest {
  @ParameterizedTest
  @RegoTable(
      """
      package a
      # METADATA
      p := 1
      => 2:1 parse: expected METADATA block, found whitespace
      --
      package a
      # METADATA
      #
      #
      p := 1
      => 2:1 parse: expected METADATA block, found whitespace
      --
      package a
      # METADATA
      # scope: foo
      p := 1
      => 2:1 parse: invalid annotation scope 'foo'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      --
      package a
      # METADATA
      # scope: package
      p := 1
      => 2:1 parse: annotation scope 'package' must be applied to package (have rule)
      --
      # METADATA
      # scope: rule
      package a
      => 1:1 parse: annotation scope 'rule' must be applied to rule (have package)
      --
      # METADATA
      # scope: document
      package a
      => 1:1 parse: annotation scope 'document' must be applied to rule (have package)
      --
      package a
      # METADATA
      # scope: rule
      import data.b
      => 2:1 parse: annotation scope 'rule' must be applied to rule (have import)
      --
      package a
      # METADATA
      # title: an import
      import data.b
      => 2:1 parse: invalid annotation scope 'import'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      --
      package a
      # METADATA
      # scope: rule
      => 2:1 parse: annotation scope 'rule' must be applied to rule
      --
      package a
      # METADATA
      # scope: rule
      # entrypoint: true
      p := 1
      => 2:1 parse: annotation entrypoint applied to non-document or package scope 'rule'
      --
      # METADATA
      # scope: subpackages
      # entrypoint: true
      package a
      => 1:1 parse: annotation entrypoint applied to non-document or package scope 'subpackages'
      --
      # METADATA
      # scope: rule
      # entrypoint: true
      package a
      => 1:1 parse: annotation scope 'rule' must be applied to rule (have package)
      => 1:1 parse: annotation entrypoint applied to non-document or package scope 'rule'
      --
      package a
      # METADATA
      # scope: foo
      # entrypoint: true
      p := 1
      => 2:1 parse: invalid annotation scope 'foo'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      => 2:1 parse: annotation entrypoint applied to non-document or package scope 'foo'
      --
      package a
      # METADATA
      # entrypoint: true
      import data.b
      => 2:1 parse: invalid annotation scope 'import'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      => 2:1 parse: annotation entrypoint applied to non-document or package scope 'import'
      --
      package a
      # METADATA
      # authors:
      # - ""
      p := 1
      => 2:1 parse: invalid author definition : author is an empty string
      --
      package a
      # METADATA
      # related_resources:
      # - ""
      p := 1
      => 2:1 parse: invalid related-resource definition : ref URL may not be empty string
      --
      package a
      # METADATA
      # schemas:
      # - input: foo
      p := 1
      => 2:1 parse: invalid schema reference
      --
      package a
      # METADATA
      # schemas:
      # - "1": schema.foo
      p := 1
      => 2:1 parse: invalid document reference
      --
      package a
      # METADATA
      # schemas:
      # - input: 5
      p := 1
      => 2:1 parse: invalid schema declaration for path "input"
      --
      package a
      # METADATA
      # scope: foo
      p := 1

      # METADATA
      # scope: bar
      q := 1
      => 2:1 parse: invalid annotation scope 'foo'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      => 6:1 parse: invalid annotation scope 'bar'. Use one of 'rule', 'document', 'package', or
         'subpackages'
      """)
  void what_is_wrong_is_told_where_it_stands(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.source()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# - a\n# - list",
        "# just a text",
        "# title: [",
        "# title: {a: b}",
        "# scope: [rule]",
        "# entrypoint: 1",
        "# organizations: ours",
        "# custom: 5",
        "# labels: []",
        "# authors: Ann",
        "# authors:\n# - {}",
        "# authors:\n# - [Ann]",
        "# authors:\n# - 5",
        "# related_resources:\n# - description: no ref",
        "# related_resources:\n# - 5",
        "# schemas: {input: schema.a}",
        "# schemas:\n# - {}",
      })
  void a_field_of_the_wrong_shape_is_refused(String block) {
    assertThat(Parsing.errors("package a\n# METADATA\n" + block + "\np := 1"))
        .singleElement()
        .satisfies(e -> assertThat(e.code()).isEqualTo("rego_parse_error"))
        .satisfies(e -> assertThat(e.location().row()).isBetween(2, 4));
  }
}
