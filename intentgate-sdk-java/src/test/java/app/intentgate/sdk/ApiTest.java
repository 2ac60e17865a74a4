package app.intentgate.sdk;

import app.intentgate.architecture.ApiFile;
import org.junit.jupiter.api.Test;

class ApiTest {
  @Test
  void what_the_sdk_offers_is_what_its_api_file_says() {
    ApiFile.assertUpToDate("intentgate-sdk-java");
  }
}
