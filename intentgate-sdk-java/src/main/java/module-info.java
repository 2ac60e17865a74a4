/** The client an agent uses. */
@org.jspecify.annotations.NullMarked
module app.intentgate.sdk {
  requires static transitive org.jspecify;
  requires transitive app.intentgate.core;
}
