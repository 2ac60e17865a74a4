package app.intentgate.rego.x509;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names a certificate is for, by kind. */
record AlternativeNames(
    List<String> dns, List<String> emails, List<String> addresses, List<String> uris) {
  static final String OID = "2.5.29.17";
  private static final int EMAIL = 0x81;
  private static final int DNS = 0x82;
  private static final int URI_NAME = 0x86;
  private static final int ADDRESS = 0x87;

  static AlternativeNames of(List<Extension> extensions) throws JoseException {
    AlternativeNames names =
        new AlternativeNames(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Extension e : extensions) {
      if (e.oid().equals(OID)) {
        names.add(Der.of(e.value()).next(Der.SEQUENCE));
      }
    }
    return names;
  }

  private void add(Der names) throws JoseException {
    while (!names.atEnd()) {
      int tag = names.tag();
      byte[] value = names.next().rest();
      switch (tag) {
        case EMAIL -> emails.add(Shown.ascii(value));
        case DNS -> dns.add(Shown.ascii(value));
        case URI_NAME -> uris.add(Shown.ascii(value));
        case ADDRESS -> {
          String text = Shown.address(value);
          if (text == null) {
            throw new JoseException("x509: cannot parse IP address of length " + value.length);
          }
          addresses.add(text);
        }
        default -> {}
      }
    }
  }

  boolean isEmpty() {
    return dns.isEmpty() && emails.isEmpty() && addresses.isEmpty() && uris.isEmpty();
  }

  void addTo(JsonObject.Builder b) throws JoseException {
    b.put("DNSNames", Shown.strings(dns));
    b.put("EmailAddresses", Shown.strings(emails));
    b.put("IPAddresses", Shown.strings(addresses));
    List<JsonValue> views = new ArrayList<>();
    for (String uri : uris) {
      views.add(view(uri));
    }
    b.put("URIs", Shown.list(views));
  }

  private static JsonValue view(String text) throws JoseException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new JoseException("x509: cannot parse URI " + JsonString.of(text));
    }
    String rawPath = text(uri.getRawPath());
    String path = text(uri.getPath());
    boolean plainPath = uri.isOpaque() || rawPath.equals(path);
    return JsonObject.builder()
        .put("Scheme", text(uri.getScheme()))
        .put("Opaque", uri.isOpaque() ? text(uri.getRawSchemeSpecificPart()) : "")
        .put("User", uri.getRawUserInfo() == null ? JsonValue.ofNull() : JsonObject.EMPTY)
        .put("Host", host(uri))
        .put("Path", path)
        .put("RawPath", plainPath ? "" : rawPath)
        .put("OmitHost", false)
        .put("ForceQuery", "".equals(uri.getRawQuery()))
        .put("RawQuery", text(uri.getRawQuery()))
        .put("Fragment", text(uri.getFragment()))
        .put("RawFragment", "")
        .build();
  }

  private static String host(URI uri) {
    String authority = text(uri.getRawAuthority());
    return authority.substring(authority.indexOf('@') + 1);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
