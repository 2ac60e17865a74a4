package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonString;
import java.net.URI;
import java.util.List;

/**
 * What this gate tells OAuth clients of itself: its metadata (RFC 9728), and where that is, in each
 * refusal (RFC 6750). Immutable.
 */
public final class ProtectedResource {
  /** Where the metadata is served. */
  public static final String PATH = "/.well-known/oauth-protected-resource";

  private final String resource;
  private final List<String> issuers;
  private final List<String> scopes;
  private final String metadataAddress;
  private final String challenge;

  /**
   * A resource.
   *
   * @param resource the address under which clients know it
   */
  ProtectedResource(String resource, List<String> issuers, List<String> scopes) {
    this.resource = resource;
    this.issuers = issuers;
    this.scopes = scopes;
    this.metadataAddress = metadataAddress(resource);
    this.challenge = "Bearer resource_metadata=" + quoted(metadataAddress);
  }

  /** The metadata as JSON. */
  public byte[] metadata() {
    JsonObject.Builder out =
        JsonObject.builder(5)
            .put("resource", resource)
            .put("authorization_servers", texts(issuers))
            .put("bearer_methods_supported", texts(List.of("header")));
    if (!scopes.isEmpty()) {
      out.put("scopes_supported", texts(scopes));
    }
    return JsonOutput.plain().value(out.build()).raw(new byte[] {'\n'}).toByteArray();
  }

  private static JsonArray texts(List<String> texts) {
    return JsonArray.copyOf(texts.stream().map(JsonString::of).toList());
  }

  /** The challenge of a request that presented nothing. */
  String challenge() {
    return challenge;
  }

  /** The challenge of a request whose token was refused. */
  String challenge(OAuthRefusal refusal) {
    String error = refusal.kind().error();
    return error.isEmpty()
        ? challenge
        : "Bearer error="
            + quoted(error)
            + ", error_description="
            + quoted(refusal.text())
            + ", resource_metadata="
            + quoted(metadataAddress);
  }

  /** The path of the resource comes after the well-known one (RFC 9728, 3.1). */
  private static String metadataAddress(String resource) {
    URI address = URI.create(resource);
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return address.getScheme()
        + "://"
        + address.getRawAuthority()
        + PATH
        + (path.equals("/") ? "" : path);
  }

  /** A text that a client sent may be in it: only what RFC 6750 permits is kept. */
  private static String quoted(String text) {
    return '"' + text.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "_") + '"';
  }
}
