package app.intentgate.server.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page about the API is the OpenAPI document's; {@code -Dintentgate.write=true} rewrites it.
 */
class ApiDocumentTest {
  @Test
  void thePageSaysWhatTheDocumentSays() throws Exception {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    Path docs =
        Files.isDirectory(base.resolve("docs")) ? base.resolve("docs") : base.resolve("../docs");
    Path page = docs.resolve("api.md");
    if (Boolean.getBoolean("intentgate.write")) {
      Files.writeString(page, ApiDocument.text());
    }

    assertThat(Files.readString(page)).isEqualTo(ApiDocument.text());
  }
}
