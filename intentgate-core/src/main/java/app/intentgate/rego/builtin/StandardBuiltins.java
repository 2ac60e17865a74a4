package app.intentgate.rego.builtin;

import app.intentgate.rego.spi.BuiltinRegistry;

/** The builtins of OPA that need nothing from outside: no network, no files. */
public final class StandardBuiltins {
  private static final BuiltinRegistry ALL = build();

  private StandardBuiltins() {}

  /** All of them; a policy that calls anything else does not compile. */
  public static BuiltinRegistry registry() {
    return ALL;
  }

  private static BuiltinRegistry build() {
    BuiltinRegistry.Builder b = BuiltinRegistry.builder();
    Comparison.addTo(b);
    Arithmetic.addTo(b);
    Rounding.addTo(b);
    NumberRanges.addTo(b);
    Bits.addTo(b);
    Conversions.addTo(b);
    Units.addTo(b);
    Aggregates.addTo(b);
    StringSearch.addTo(b);
    StringEditing.addTo(b);
    StringParts.addTo(b);
    Replacing.addTo(b);
    Sprintf.addTo(b);
    Sets.addTo(b);
    ArrayFunctions.addTo(b);
    Types.addTo(b);
    ObjectFunctions.addTo(b);
    Subset.addTo(b);
    JsonPaths.addTo(b);
    JsonPatch.addTo(b);
    JsonEncoding.addTo(b);
    Base64Codec.addTo(b);
    HexCodec.addTo(b);
    UrlQuery.addTo(b);
    Uris.addTo(b);
    Hashing.addTo(b);
    Uuids.addTo(b);
    Graphs.addTo(b);
    Walk.addTo(b);
    Yaml.addTo(b);
    Graphql.addTo(b);
    AwsRequests.addTo(b);
    SchemaFunctions.addTo(b);
    Surroundings.addTo(b);
    RegexFunctions.addTo(b);
    GlobFunctions.addTo(b);
    NetFunctions.addTo(b);
    SemVer.addTo(b);
    TimeFunctions.addTo(b);
    JwtVerifying.addTo(b);
    JwtSigning.addTo(b);
    X509Functions.addTo(b);
    return b.build();
  }
}
