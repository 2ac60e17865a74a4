package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** The package of a module: what comes first, once, and is a path of names. */
class PackagesTest {
  @ParameterizedTest
  @RegoTable(
      """
      package a
      => ok
      --
      package a.b["c d"]["e"]
      => ok
      --
      package if.not.default.in
      => ok
      --
      package a["b.c"]; p := 1
      => 1:17 parse: unexpected ; token
      --
      package a p := 1
      => ok
      --
      package a # comment
      => ok
      --
      # comment
      package
        a
      => ok
      --
      package a[1]
      => 1:11 parse: unexpected number token: expecting string
      --
      package a[b]
      => 1:11 parse: unexpected var token: expecting string
      --
      package a.1
      => 1:11 parse: unexpected number token: expected identifier
      --
      package a.
      => 1:10 parse: unexpected eof token: expected identifier
      --
      package a..b
      => 1:11 parse: unexpected . token: expected identifier
      --
      package [1].b
      => 1:9 parse: unexpected [ token
      --
      package 1
      => 1:9 parse: unexpected number token
      --
      package "a"
      => 1:9 parse: unexpected string token
      --
      package a.b()
      => 1:13 parse: unexpected eof token
      --
      package a := 1
      => 1:11 parse: unexpected assign token
      --
      package
      => 1:7 parse: unexpected eof token
      --
      package

      p := 1
      => 3:3 parse: unexpected assign token
      --
      package.x := 1
      => 1:1 parse: package expected
      --
      package a

      package b
      => 3:1 parse: unexpected package
      --
      package a

      package a
      => 3:1 parse: unexpected package
      """)
  void the_path_is_of_names(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.source()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      p := 1
      => 1:1 parse: package expected
      --
      import data.x
      package a
      => 1:1 parse: package expected
      => 2:1 parse: unexpected package
      --
      p := 1
      package a
      => 1:1 parse: package expected
      => 2:1 parse: unexpected package
      --
      # only a comment
      => 0:0 parse: empty module
      --
      package_a
      => 1:1 parse: package expected
      --
      {"a": 1}
      => 1:1 parse: package expected
      """)
  void it_comes_first(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.source()));
  }
}
