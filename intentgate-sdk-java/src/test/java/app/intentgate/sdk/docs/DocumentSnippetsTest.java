package app.intentgate.sdk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.testing.JavaSnippets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that the documents of the SDK show compiles as it stands. */
class DocumentSnippetsTest {
  private static final List<String> IMPORTS =
      List.of(
          "app.intentgate.*",
          "app.intentgate.audit.*",
          "app.intentgate.check.*",
          "app.intentgate.sdk.*",
          "app.intentgate.sdk.admin.*",
          "app.intentgate.sdk.langchain4j.*",
          "app.intentgate.sdk.mcp.*",
          "app.intentgate.sdk.springai.*",
          "app.intentgate.sdk.test.*",
          "app.intentgate.token.*",
          "java.time.*",
          "java.util.*",
          "org.junit.jupiter.api.Test",
          "io.modelcontextprotocol.client.*",
          "io.modelcontextprotocol.common.*",
          "dev.langchain4j.service.AiServices",
          "dev.langchain4j.invocation.InvocationParameters");
  private static final String GIVEN =
      """
      interface Tokens { CapabilityToken of(String user); CapabilityToken renew(String user); }
      interface Assistant { String answer(String words, InvocationParameters parameters); }
      static String url, token, adminToken, words, jti, memorySigningKey, pendingId, rego;
      static CapabilityToken mine;
      static IntentGateClient client;
      static Tokens tokens;
      static IntentGate embedded;
      static dev.langchain4j.model.chat.ChatModel model;
      static GateClient gate;
      static String pay(Object id) { return ""; }
      """;

  @TempDir private Path folder;

  @Test
  void every_block_compiles() throws Exception {
    JavaSnippets snippets =
        new JavaSnippets(IMPORTS, GIVEN).of(JavaSnippets.document("docs/sdk.md"));
    assertThat(snippets.size()).isGreaterThan(6);
    snippets.of(JavaSnippets.section(JavaSnippets.document("README.md"), "## From an agent"));
    snippets.compile(folder);
  }
}
