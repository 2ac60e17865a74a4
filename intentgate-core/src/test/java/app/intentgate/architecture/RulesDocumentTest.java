package app.intentgate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever meets a mark like B59 in a comment finds in a document what it means. */
class RulesDocumentTest {
  /** Not the name of a header, {@code X-Intent-Prompt-B64}. */
  private static final Pattern CITED = Pattern.compile("(?<!\\w)(?<!Prompt-)B[1-9][0-9]?\\b");

  private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| (B[1-9][0-9]?) \\| \\S.*\\|$");
  private static final List<String> MODULES =
      List.of("intentgate-core", "intentgate-jdbc", "intentgate-sdk-java", "intentgate-server");

  private final SourceTree tree = SourceTree.find();

  private static Set<String> found(Pattern pattern, int group, String text) {
    Set<String> found = new TreeSet<>();
    Matcher m = pattern.matcher(text);
    while (m.find()) {
      found.add(m.group(group));
    }
    return found;
  }

  private Set<String> explained() {
    return found(EXPLAINED, 1, SourceTree.read(tree.root().resolve("docs/rules.md")));
  }

  @Test
  void every_rule_that_code_cites_is_in_the_document() {
    Set<String> cited = new TreeSet<>();
    for (String module : MODULES) {
      for (Path file : tree.javaFiles(module + "/src/main/java")) {
        cited.addAll(found(CITED, 0, SourceTree.read(file)));
      }
    }
    assertThat(cited).hasSizeGreaterThan(40);
    assertThat(explained()).containsAll(cited);
  }

  @Test
  void every_rule_that_the_security_document_cites_is_in_it_too() {
    String security = SourceTree.read(tree.root().resolve("docs/security.md"));
    assertThat(explained()).containsAll(found(CITED, 0, security));
  }

  @Test
  void whoever_starts_at_a_module_is_told_where_the_document_is() {
    for (String start :
        List.of(
            "intentgate-core/src/main/java/app/intentgate/package-info.java",
            "intentgate-jdbc/src/main/java/app/intentgate/jdbc/package-info.java",
            "intentgate-sdk-java/src/main/java/app/intentgate/sdk/package-info.java",
            "README.md",
            "docs/security.md")) {
      assertThat(SourceTree.read(tree.root().resolve(start))).as(start).contains("rules.md");
    }
  }
}
