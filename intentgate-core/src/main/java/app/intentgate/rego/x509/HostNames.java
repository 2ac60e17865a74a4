package app.intentgate.rego.x509;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.net.IpNetwork;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a certificate is for a host (RFC 6125): by its alternative names, never the subject's.
 */
final class HostNames {
  private HostNames() {}

  static boolean match(X509Certificate certificate, String host) {
    AlternativeNames names;
    try {
      names = names(certificate);
    } catch (JoseException e) {
      return false;
    }
    boolean bracketed = host.length() >= 3 && host.startsWith("[") && host.endsWith("]");
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    String address = IpNetwork.normalAddress(plain);
    if (address != null) {
      return names.addresses().contains(address);
    }
    String wanted = normal(host);
    for (String pattern : names.dns()) {
      if (matches(normal(pattern), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static AlternativeNames names(X509Certificate certificate) throws JoseException {
    byte[] value = certificate.getExtensionValue(AlternativeNames.OID);
    List<Extension> extensions = new ArrayList<>();
    if (value != null) {
      byte[] inner = Der.of(value).next(Der.OCTET_STRING).rest();
      extensions.add(new Extension(AlternativeNames.OID, false, inner));
    }
    return AlternativeNames.of(extensions);
  }

  /** Letters of ASCII alone have two cases: others have some that are letters of ASCII. */
  private static String normal(String name) {
    StringBuilder lower =
        new StringBuilder(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 'a' - 'A'));
      }
    }
    return lower.toString();
  }

  /** A star stands for the whole first label, and for nothing that is no label. */
  private static boolean matches(String pattern, String host) {
    if (pattern.isEmpty() || host.isEmpty()) {
      return false;
    }
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && isLabel(host, dot) && pattern.substring(1).equals(host.substring(dot));
  }

  /** Whether a name starts with a label, underscores and colons allowed as Go does. */
  private static boolean isLabel(String name, int end) {
    for (int i = 0; i < end; i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == ':';
      if (!letter && (c != '-' || i == 0)) {
        return false;
      }
    }
    return true;
  }
}
