package app.intentgate.rego.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.yaml.YamlReader;
import app.intentgate.rego.yaml.YamlWords;
import app.intentgate.testing.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The suite's files read by our reader and by another. */
class YamlReaderVectorTest {
  @Test
  void caseFilesReadAsTheyDoElsewhere() throws IOException {
    int passed = 0;
    for (String folder : new String[] {"cases/v1", "extra"}) {
      for (Path file : CaseFiles.files(GoldenData.rego(folder))) {
        assertThat(YamlReader.parse(Files.readString(file), YamlWords.CORE))
            .as("%s", file)
            .isEqualTo(YamlValues.read(file));
        passed++;
      }
    }
    System.out.printf("yaml case files: %d passed, 0 failed%n", passed);
  }
}
