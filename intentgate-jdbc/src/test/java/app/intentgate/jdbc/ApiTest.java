package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.architecture.ApiFile;
import app.intentgate.testing.JavaSnippets;
import org.junit.jupiter.api.Test;

class ApiTest {
  @Test
  void what_the_jdbc_stores_offer_is_what_their_api_file_says() {
    ApiFile.assertUpToDate("intentgate-jdbc");
  }

  @Test
  void modules_require_them_by_a_name_that_stays() throws Exception {
    assertThat(JavaSnippets.document("intentgate-jdbc/pom.xml"))
        .contains("<Automatic-Module-Name>app.intentgate.jdbc</Automatic-Module-Name>");
  }
}
