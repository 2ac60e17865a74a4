/** The client an agent uses. */
@org.jspecify.annotations.NullMarked
module app.intentgate.sdk {
  requires transitive java.net.http;
  requires static transitive org.jspecify;
  requires transitive app.intentgate.core;

  exports app.intentgate.sdk;
}
