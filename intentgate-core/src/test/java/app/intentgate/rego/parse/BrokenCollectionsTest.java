package app.intentgate.rego.parse;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.RegoTable;
import org.junit.jupiter.params.ParameterizedTest;

/** What is no array, object, set or parenthesis, and where that is told. */
class BrokenCollectionsTest {
  @ParameterizedTest
  @RegoTable(
      """
      x := [
      => 3:6 parse: unexpected eof token
      => 3:6 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1
      => 3:7 parse: unexpected eof token: expected "," or "]"
      => 3:7 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1 2]
      => 3:9 parse: unexpected number token: expected "," or "]"
      => 3:9 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1, 2
      => 3:10 parse: unexpected eof token: expected "," or "]"
      => 3:10 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1,,2]
      => 3:9 parse: unexpected , token
      => 3:9 parse: unexpected , token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [,]
      => 3:8 parse: unexpected ] token
      => 3:8 parse: unexpected ] token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1; 2]
      => 3:8 parse: unexpected ; token: expected "," or "]"
      => 3:8 parse: unexpected ; token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := [1: 2]
      => 3:8 parse: unexpected : token: expected "," or "]"
      => 3:8 parse: unexpected : token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := 1]
      => 3:7 parse: unexpected ] token
      --
      x := {
      => 3:6 parse: unexpected eof token
      => 3:6 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1
      => 3:7 parse: unexpected eof token: non-terminated set
      => 3:7 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1 2}
      => 3:9 parse: unexpected number token: non-terminated set
      => 3:9 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1, 2
      => 3:10 parse: unexpected eof token: expected "," or "}"
      => 3:10 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1,,2}
      => 3:9 parse: unexpected , token
      => 3:9 parse: unexpected , token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {,}
      => 3:8 parse: unexpected } token
      => 3:8 parse: unexpected } token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1, "a": 2}
      => 3:13 parse: unexpected : token: expected "," or "}"
      => 3:13 parse: unexpected : token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1, 2}
      => 3:12 parse: unexpected number token: non-terminated object
      => 3:12 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a"; 1}
      => 3:10 parse: unexpected ; token: non-terminated set
      => 3:10 parse: unexpected ; token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": }
      => 3:12 parse: unexpected } token
      => 3:12 parse: unexpected } token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1 "b": 2}
      => 3:14 parse: unexpected string token: non-terminated object
      => 3:14 parse: unexpected string token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1, "b" 2}
      => 3:12 parse: unexpected number token: non-terminated object
      => 3:12 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1, "b": 2 3}
      => 3:12 parse: unexpected number token: non-terminated object
      => 3:12 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1: 2}
      => 3:13 parse: unexpected : token: non-terminated object
      => 3:13 parse: unexpected : token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {: 1}
      => 3:7 parse: unexpected : token
      => 3:7 parse: unexpected : token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"a": 1, : 2}
      => 3:12 parse: unexpected number token: non-terminated object
      => 3:12 parse: unexpected number token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {1:}
      => 3:9 parse: unexpected } token
      => 3:9 parse: unexpected } token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := (1
      => 3:7 parse: non-terminated expression
      => 3:7 parse: unexpected eof token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := ()
      => 3:7 parse: unexpected ) token
      => 3:7 parse: unexpected ) token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := (1, 2)
      => 3:8 parse: non-terminated expression
      => 3:8 parse: unexpected , token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := (1; 2)
      => 3:8 parse: non-terminated expression
      => 3:8 parse: unexpected ; token: expected rule value term (e.g., x := <VALUE> { ... })
      --
      x := {"k": not x}
      => 3:12 parse: unexpected not keyword
      => 3:12 parse: unexpected not keyword: expected rule value term (e.g., x := <VALUE> { ... })
      """)
  void it_is_refused(RegoRow row) {
    row.isAnsweredBy(Parsing.errors(row.module()));
  }
}
