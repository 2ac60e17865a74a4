package app.intentgate.architecture;

import org.junit.jupiter.api.Test;

class ApiTest {
  @Test
  void what_the_core_offers_is_what_its_api_file_says() {
    ApiFile.assertUpToDate("intentgate-core");
  }
}
