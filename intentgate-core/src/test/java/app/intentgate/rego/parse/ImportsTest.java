package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** Imports: which paths and names, and where they are told to be wrong. */
class ImportsTest {
  @ParameterizedTest
  @RegoTable(
      """
      import data
      => ok
      --
      import input
      => ok
      --
      import data.a.b
      => ok
      --
      import data.a["b c"]
      => ok
      --
      import input["x"].y as z
      => ok
      --
      import data.if.x
      => ok
      --
      import data.a as b
      => ok
      --
      import foo
      => 3:8 parse: unexpected import path, must begin with one of: {data, future, input, rego},
         got: foo (hint: if this is unexpected, try updating OPA)
      --
      import foo.bar
      => 3:8 parse: unexpected import path, must begin with one of: {data, future, input, rego},
         got: foo (hint: if this is unexpected, try updating OPA)
      --
      import schema.x
      => 3:8 parse: unexpected import path, must begin with one of: {data, future, input, rego},
         got: schema (hint: if this is unexpected, try updating OPA)
      --
      import data.a[1]
      => 3:15 parse: unexpected number token: expecting string
      --
      import data.a[x]
      => 3:15 parse: unexpected var token: expecting string
      --
      import data.a[_]
      => 3:15 parse: unexpected var token: expecting string
      --
      import "foo"
      => 3:8 parse: unexpected string token
      --
      import [data]
      => 3:8 parse: unexpected [ token
      --
      import 1
      => 3:8 parse: unexpected number token
      --
      import
      => 3:6 parse: unexpected eof token
      --
      import data.
      => 3:12 parse: unexpected eof token: expected identifier
      => 3:12 parse: expected path
      --
      import data as
      => 3:14 parse: unexpected eof token: expected var
      --
      import data.a as b.c
      => 3:20 parse: unexpected eof token: expected var
      --
      import data.a as "b"
      => 3:18 parse: unexpected string token: expected var
      --
      import data.a as 1
      => 3:18 parse: unexpected number token: expected var
      --
      import data.a as if
      => 3:18 parse: unexpected if keyword: expected var
      --
      import data.a as input
      => 3:22 parse: unexpected eof token: expected var
      --
      import data.a()
      => 3:15 parse: expected path
      --
      import data.a b
      => 3:15 parse: var cannot be used for rule name
      --
      import data.a import data.b
      => ok
      --
      import data.a; import data.b
      => 3:14 parse: unexpected ; token
      --
      import.x := 1
      => ok
      """)
  void paths_start_at_a_known_root(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      import data.foo.if
      => 3:17 parse: unexpected import path, must not end with a keyword, got: if (hint: import a
         different path or use an alias)
      --
      import data.foo.contains
      => 3:17 parse: unexpected import path, must not end with a keyword, got: contains (hint:
         import a different path or use an alias)
      --
      import data.foo["every"]
      => 3:17 parse: unexpected import path, must not end with a keyword, got: every (hint: import
         a different path or use an alias)
      --
      import data.foo.default
      => 3:17 parse: unexpected import path, must not end with a keyword, got: default (hint:
         import a different path or use an alias)
      --
      import data.foo.null
      => 3:17 parse: unexpected import path, must not end with a keyword, got: null (hint: import a
         different path or use an alias)
      --
      import data.foo.if as x
      => ok
      --
      import data.in.x
      => ok
      """)
  void a_path_must_not_end_with_a_keyword(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      import data.foo.if
      => ok
      --
      import data.foo.in
      => ok
      --
      import data.foo.every
      => ok
      --
      import data.foo.not
      => 3:17 parse: unexpected import path, must not end with a keyword, got: not (hint: import a
         different path or use an alias)
      --
      import data.foo.some
      => 3:17 parse: unexpected import path, must not end with a keyword, got: some (hint: import a
         different path or use an alias)
      """)
  void keywords_of_later_versions_may_end_a_path_in_version_0(RegoRow row) {
    row.isAnsweredBy(Parsing.errorsV0(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      import rego.v1
      => ok
      --
      import rego.v1 as x
      => ok
      --
      import rego
      => 3:8 parse: invalid import `rego`, must be `rego.v1`
      --
      import rego.v2
      => 3:8 parse: invalid import `rego.v2`, must be `rego.v1`
      --
      import rego.v1.x
      => 3:8 parse: invalid import `rego.v1.x`, must be `rego.v1`
      --
      import rego["v1"]
      => ok
      --
      import future.keywords
      => ok
      --
      import future.keywords.in
      => ok
      --
      import future.keywords.not
      => ok
      --
      import future.keywords.every as e
      => 3:8 parse: `future` imports cannot be aliased
      --
      import future.keywords.foo
      => 3:8 parse: unexpected keyword, must be one of [contains every if in not]
      --
      import future.keywords.and
      => 3:8 parse: unexpected keyword, must be one of [contains every if in not]
      --
      import future
      => 3:8 parse: invalid import, must be `future.keywords`
      --
      import future.x
      => 3:8 parse: invalid import, must be `future.keywords`
      --
      import future.keywords as k
      => 3:8 parse: `future` imports cannot be aliased
      """)
  void what_the_language_itself_offers(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }

  @ParameterizedTest
  @RegoTable(
      """
      import rego.v1
      => ok
      --
      import rego.v1 as x
      => 3:8 parse: `rego` imports cannot be aliased
      --
      import rego.v2
      => 3:8 parse: invalid import `rego.v2`, must be `rego.v1`
      --
      import future.keywords.contains
      => ok
      --
      import future.keywords.if as x
      => 3:8 parse: `future` imports cannot be aliased
      --
      import future.keywords.then
      => 3:8 parse: unexpected keyword, must be one of [contains every if in not]
      """)
  void and_to_version_0(RegoRow row) {
    row.isAnsweredBy(Parsing.errorsV0(row.module()));
  }
}
