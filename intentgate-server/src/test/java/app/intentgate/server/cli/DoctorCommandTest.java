package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.doctor.ConfigDoctor;
import app.intentgate.server.doctor.Finding;
import app.intentgate.server.doctor.Finding.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor found, as it is told. */
class DoctorCommandTest {
  @TempDir Path folder;

  private static List<String> table(Finding... found) {
    StringWriter out = new StringWriter();
    FindingTable.print(List.of(found), new PrintWriter(out, true));
    return out.toString().lines().toList();
  }

  @Test
  void a_long_finding_is_wrapped_between_words_and_no_word_is_lost() {
    String word = "x".repeat(100);
    String text = "one two three ".repeat(12) + word + " end";
    List<String> lines =
        table(new Finding(Level.BAD, "subject", text), new Finding(Level.OK, "s", "fine"));
    assertThat(lines.get(0)).isEqualTo("LEVEL  WHAT     FOUND");
    List<String> told = lines.subList(1, lines.size() - 2);
    assertThat(told.get(0)).startsWith("BAD    subject  one two");
    assertThat(told.subList(1, told.size())).allMatch(line -> line.startsWith(" ".repeat(16)));
    List<String> words = new ArrayList<>();
    told.forEach(line -> words.addAll(Arrays.asList(line.substring(16).split(" "))));
    assertThat(String.join(" ", words)).isEqualTo(text);
    assertThat(told).allMatch(line -> line.length() <= 16 + 72 || line.contains(word));
    assertThat(lines.get(lines.size() - 2)).isEqualTo("OK     s        fine");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("1 bad, 0 to know of, 1 as they should be");
  }

  @Test
  void a_warning_alone_is_no_failure_and_json_says_the_same_as_the_table() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setPosixFilePermissions(
        data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.createFile(data.resolve("audit.jsonl"));
    Files.createFile(data.resolve("audit.jsonl.torn"));
    CommandRun lost = CommandRun.of("doctor", "--data-dir", data, "--format", "json");
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.json().get("ok")).hasToString("false");
    assertThat(lost.json().get("findings").toString())
        .contains("\"level\":\"warn\"", "\"level\":\"bad\"", "master.key");
    Files.delete(data.resolve("audit.jsonl"));
    CommandRun well = CommandRun.of("doctor", "--data-dir", data);
    assertThat(well.code()).as(well.out()).isZero();
    assertThat(well.err()).isEmpty();
    assertThat(well.out()).contains("0 bad");
  }

  @Test
  void a_database_that_is_none_is_a_finding_and_a_file_that_is_not_there_is_not_made()
      throws IOException {
    Path none = folder.resolve("none.db");
    CommandRun missing =
        CommandRun.of("doctor", "--data-dir", folder.resolve("no"), "--database", none);
    assertThat(missing.code()).isZero();
    assertThat(missing.out()).contains("is not there yet; the first start makes it");
    assertThat(none).doesNotExist();
    Path text = Files.writeString(folder.resolve("text.db"), "no database ".repeat(100));
    CommandRun wrong =
        CommandRun.of("doctor", "--data-dir", folder.resolve("no"), "--database", text);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).contains("cannot be used");
    assertThat(text).hasContent("no database ".repeat(100));
  }

  @Test
  void every_wrong_variable_is_found_at_once_and_what_they_say_together_too() {
    List<Finding> found =
        ConfigDoctor.examine(
            Map.of(
                "INTENTGATE_ADDR", "nowhere",
                "INTENTGATE_MODE", "guess",
                "INTENTGATE_ADMIN_TOKEN", " ",
                "INTENTGATE_AUDIT_MODE", "buffered",
                "INTENTGATE_STORE", "memory",
                "OTHER_VARIABLE", "left alone"));
    assertThat(found.stream().filter(f -> f.level() == Level.BAD).map(Finding::subject))
        .containsExactlyInAnyOrder(
            "INTENTGATE_ADDR", "INTENTGATE_MODE", "INTENTGATE_ADMIN_TOKEN", "configuration");
    assertThat(found)
        .anyMatch(
            f ->
                f.text()
                    .equals("INTENTGATE_AUDIT_MODE=buffered needs the store sqlite or postgres"));
    assertThat(ConfigDoctor.examine(Map.of("INTENTGATE_MODE", "observe", "OTHER", "x")))
        .extracting(Finding::text)
        .containsExactly("1 variables, all understood");
  }
}
