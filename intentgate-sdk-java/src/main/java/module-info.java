/**
 * The client an agent uses, the client an operator uses, a gate for tests, and adapters.
 *
 * <p>The adapters are for the class path, where the frameworks live too: some of those are no
 * modules, and share packages. On the module path, add {@code --add-reads
 * app.intentgate.sdk=ALL-UNNAMED}.
 */
@org.jspecify.annotations.NullMarked
module app.intentgate.sdk {
  requires transitive java.net.http;
  requires static transitive org.jspecify;
  requires transitive app.intentgate.core;
  requires static transitive org.junit.jupiter.api;

  exports app.intentgate.sdk;
  exports app.intentgate.sdk.admin;
  exports app.intentgate.sdk.langchain4j;
  exports app.intentgate.sdk.mcp;
  exports app.intentgate.sdk.springai;
  exports app.intentgate.sdk.test;
}
