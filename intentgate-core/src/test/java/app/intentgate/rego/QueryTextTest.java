package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A query taken apart into the expressions that a user wrote. */
class QueryTextTest {
  @Test
  void each_expression_keeps_its_text_and_says_whether_it_is_a_term() {
    QueryText query = QueryText.of("x := 1; data.p.allow\nnot input.a; count(x) > 0", false);
    assertThat(query.expressions().stream().map(QueryText.Expression::text))
        .containsExactly("x := 1", "data.p.allow", "not input.a", "count(x) > 0");
    assertThat(query.expressions().stream().map(QueryText.Expression::isTerm))
        .containsExactly(false, true, false, false);
    assertThat(query.expressions().get(2).location().row()).isEqualTo(2);
  }

  @Test
  void what_is_no_query_is_refused() {
    assertThatThrownBy(() -> QueryText.of("data.p.", false))
        .isInstanceOf(RegoCompileException.class)
        .hasMessageContaining("rego_parse_error");
  }
}
