package app.intentgate.sdk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the documents show compiles as it stands. */
class DocumentSnippetsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final String IMPORTS =
      "import app.intentgate.*; import app.intentgate.audit.*; import app.intentgate.check.*;"
          + " import app.intentgate.sdk.*; import app.intentgate.sdk.admin.*;"
          + " import app.intentgate.sdk.langchain4j.*; import app.intentgate.sdk.mcp.*;"
          + " import app.intentgate.sdk.springai.*; import app.intentgate.sdk.test.*;"
          + " import app.intentgate.token.*; import java.time.*; import java.util.*;"
          + " import org.junit.jupiter.api.Test;"
          + " import io.modelcontextprotocol.client.*; import io.modelcontextprotocol.common.*;"
          + " import dev.langchain4j.service.AiServices;"
          + " import dev.langchain4j.invocation.InvocationParameters;\n";
  private static final String GIVEN =
      "interface Tokens { CapabilityToken of(String user); CapabilityToken renew(String user); }\n"
          + "interface Assistant { String answer(String words, InvocationParameters parameters);"
          + " }\n"
          + "static String url, token, adminToken, words, jti, memorySigningKey, pendingId, rego;\n"
          + "static CapabilityToken mine; static IntentGateClient client; static Tokens tokens;"
          + " static IntentGate embedded;\n"
          + "static dev.langchain4j.model.chat.ChatModel model; static GateClient gate;\n"
          + "static String pay(Object id) { return \"\"; }\n";

  @TempDir Path folder;

  private List<JavaFileObject> snippets(String document, String after) throws Exception {
    Path root = Path.of(System.getProperty("intentgate.basedir", ".."));
    String text = Files.readString(root.resolve(document));
    text = text.substring(text.indexOf(after));
    List<JavaFileObject> sources = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String code = block.group(1);
      boolean member = code.startsWith("@") || code.startsWith("class ");
      String name = "Snippet" + sources.size() + document.replaceAll("\\W", "_");
      sources.add(
          source(
              name,
              IMPORTS
                  + "class "
                  + name
                  + " {\n"
                  + GIVEN
                  + (member ? "static " + code : "void run() throws Exception {\n" + code + "\n}")
                  + "\n}\n"));
    }
    return sources;
  }

  private static JavaFileObject source(String name, String code) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  @Test
  void everySnippetCompiles() throws Exception {
    List<JavaFileObject> sources = new ArrayList<>(snippets("docs/sdk.md", "#"));
    assertThat(sources).hasSizeGreaterThan(6);
    sources.addAll(snippets("README.md", "## From an agent"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                problems,
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8),
                null,
                List.of(
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-classpath",
                    System.getProperty("java.class.path")),
                null,
                sources)
            .call();
    assertThat(compiled).as(problems.toString()).isTrue();
  }
}
