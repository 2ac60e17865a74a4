package app.intentgate.rego.x509;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.PublicKeys;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A certificate with the members of Go's {@code x509.Certificate}. */
public final class CertificateView {
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final String USAGE = "2.5.29.15";
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String CONSTRAINTS = "2.5.29.19";
  private static final String CRL_POINTS = "2.5.29.31";
  private static final String EXTENDED_USAGE = "2.5.29.37";
  private static final String INFORMATION = "1.3.6.1.5.5.7.1.1";

  /** What reading one costs, in steps of about a tenth of a microsecond. */
  private static final int STEPS = 1000;

  private static final Set<String> HANDLED =
      Set.of(
          USAGE,
          SUBJECT_KEY,
          AUTHORITY_KEY,
          CONSTRAINTS,
          CRL_POINTS,
          EXTENDED_USAGE,
          INFORMATION,
          NameConstraintsView.OID,
          PolicyViews.OID,
          PolicyViews.MAPPINGS,
          "2.5.29.36",
          "2.5.29.54");

  private final X509Certificate certificate;
  private final JsonObject.Builder out = JsonObject.builder();

  private CertificateView(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /** The members, with the URIs as text as well, which Go does not have and OPA adds. */
  public static JsonObject withUriStrings(X509Certificate certificate) throws JoseException {
    JsonObject plain = of(certificate);
    AlternativeNames names = AlternativeNames.of(extensions(certificate));
    return plain.toBuilder().put("URIStrings", Shown.strings(names.uris())).build();
  }

  /** The members. */
  public static JsonObject of(X509Certificate certificate) throws JoseException {
    try {
      return new CertificateView(certificate).build();
    } catch (CertificateEncodingException e) {
      throw new JoseException("x509: malformed certificate");
    }
  }

  private static List<Extension> extensions(X509Certificate certificate) throws JoseException {
    try {
      Der body = Der.of(certificate.getEncoded()).next(Der.SEQUENCE).next(Der.SEQUENCE);
      while (!body.atEnd()) {
        int tag = body.tag();
        Der part = body.next();
        if (tag == EXTENSIONS) {
          return Extension.all(part.next(Der.SEQUENCE));
        }
      }
      return List.of();
    } catch (CertificateEncodingException e) {
      throw new JoseException("x509: malformed certificate");
    }
  }

  private JsonObject build() throws JoseException, CertificateEncodingException {
    Der outer = Der.of(certificate.getEncoded()).next(Der.SEQUENCE);
    byte[] body = outer.encoded();
    List<Extension> extensions = extensions(certificate);
    Map<String, Extension> byOid = new HashMap<>();
    extensions.forEach(e -> byOid.put(e.oid(), e));
    out.put("Raw", Shown.base64(certificate.getEncoded()));
    out.put("RawTBSCertificate", Shown.base64(body));
    out.put("Signature", Shown.base64(certificate.getSignature()));
    out.put("SignatureAlgorithm", SignatureAlgorithms.number(outer.next(Der.SEQUENCE)));
    out.put("Version", certificate.getVersion());
    out.put("SerialNumber", Shown.number(certificate.getSerialNumber()));
    out.put("NotBefore", time(certificate.getNotBefore()));
    out.put("NotAfter", time(certificate.getNotAfter()));
    names(Der.of(body).next(Der.SEQUENCE));
    PublicKeyView key = PublicKeyView.of(certificate.getPublicKey());
    out.put("PublicKey", key.key());
    out.put("PublicKeyAlgorithm", key.algorithm());
    out.put("Extensions", Extension.view(extensions));
    out.put("ExtraExtensions", JsonValue.ofNull());
    AlternativeNames names = AlternativeNames.of(extensions);
    names.addTo(out);
    usages(byOid);
    constraints(byOid);
    keyIds(byOid);
    addresses(byOid);
    NameConstraintsView.addTo(out, byOid.get(NameConstraintsView.OID));
    PolicyViews.addTo(out, byOid);
    out.put("UnhandledCriticalExtensions", unhandled(extensions, names));
    return out.build();
  }

  private static @Nullable Der value(Map<String, Extension> extensions, String oid, int tag)
      throws JoseException {
    Extension e = extensions.get(oid);
    return e == null ? null : Der.of(e.value()).next(tag);
  }

  private static String time(Date date) {
    return date.toInstant().toString();
  }

  private void names(Der body) throws JoseException {
    if (body.tag() == VERSION) {
      body.next();
    }
    body.next(Der.INTEGER);
    body.next(Der.SEQUENCE);
    byte[] issuer = body.encoded();
    body.next(Der.SEQUENCE);
    byte[] subject = body.encoded();
    out.put("RawIssuer", Shown.base64(issuer));
    out.put("RawSubject", Shown.base64(subject));
    out.put("RawSubjectPublicKeyInfo", Shown.base64(body.encoded()));
    out.put("Issuer", NameView.of(issuer));
    out.put("Subject", NameView.of(subject));
  }

  private void usages(Map<String, Extension> extensions) throws JoseException {
    long bits = 0;
    boolean[] usage = certificate.getKeyUsage();
    for (int i = 0; usage != null && i < usage.length; i++) {
      bits |= usage[i] ? 1L << i : 0;
    }
    out.put("KeyUsage", bits);
    List<JsonValue> known = new ArrayList<>();
    List<JsonValue> unknown = new ArrayList<>();
    Der oids = value(extensions, EXTENDED_USAGE, Der.SEQUENCE);
    if (oids != null) {
      while (!oids.atEnd()) {
        String oid = oids.next(Der.OID).oid();
        int number = KeyUsages.number(oid);
        if (number >= 0) {
          known.add(JsonNumber.of(number));
        } else {
          unknown.add(Shown.oid(oid));
        }
      }
    }
    out.put("ExtKeyUsage", Shown.list(known));
    out.put("UnknownExtKeyUsage", Shown.list(unknown));
  }

  private void constraints(Map<String, Extension> extensions) throws JoseException {
    boolean given = extensions.containsKey(CONSTRAINTS);
    boolean authority = false;
    long length = given ? -1 : 0;
    Der in = value(extensions, CONSTRAINTS, Der.SEQUENCE);
    if (in != null) {
      if (in.tag() == Der.BOOLEAN) {
        byte[] flag = in.next().rest();
        authority = flag.length == 1 && flag[0] != 0;
      }
      if (in.tag() == Der.INTEGER) {
        length = in.next().number().longValue();
      }
    }
    out.put("BasicConstraintsValid", given);
    out.put("IsCA", authority);
    out.put("MaxPathLen", length);
    out.put("MaxPathLenZero", given && length == 0);
  }

  private void keyIds(Map<String, Extension> extensions) throws JoseException {
    JsonValue subject = JsonValue.ofNull();
    JsonValue authority = JsonValue.ofNull();
    Der subjectKey = value(extensions, SUBJECT_KEY, Der.OCTET_STRING);
    if (subjectKey != null) {
      subject = Shown.base64(subjectKey.rest());
    }
    Der authorityKey = value(extensions, AUTHORITY_KEY, Der.SEQUENCE);
    if (authorityKey != null && authorityKey.tag() == 0x80) {
      authority = Shown.base64(authorityKey.next().rest());
    }
    out.put("SubjectKeyId", subject);
    out.put("AuthorityKeyId", authority);
  }

  private void addresses(Map<String, Extension> extensions) throws JoseException {
    List<String> ocsp = new ArrayList<>();
    List<String> issuers = new ArrayList<>();
    Der in = value(extensions, INFORMATION, Der.SEQUENCE);
    if (in != null) {
      while (!in.atEnd()) {
        Der one = in.next(Der.SEQUENCE);
        String method = one.next(Der.OID).oid();
        boolean isUri = one.tag() == 0x86;
        String location = Shown.ascii(one.next().rest());
        if (isUri && method.equals("1.3.6.1.5.5.7.48.1")) {
          ocsp.add(location);
        } else if (isUri && method.equals("1.3.6.1.5.5.7.48.2")) {
          issuers.add(location);
        }
      }
    }
    out.put("OCSPServer", Shown.strings(ocsp));
    out.put("IssuingCertificateURL", Shown.strings(issuers));
    out.put("CRLDistributionPoints", Shown.strings(crlPoints(extensions)));
  }

  /** Full names that are URIs; other kinds of points are left out, as in Go. */
  private static List<String> crlPoints(Map<String, Extension> extensions) throws JoseException {
    List<String> points = new ArrayList<>();
    Der in = value(extensions, CRL_POINTS, Der.SEQUENCE);
    if (in != null) {
      while (!in.atEnd()) {
        Der point = in.next(Der.SEQUENCE);
        Der name = point.tag() == 0xa0 ? point.next() : null;
        Der full = name != null && name.tag() == 0xa0 ? name.next() : null;
        while (full != null && !full.atEnd()) {
          boolean isUri = full.tag() == 0x86;
          byte[] value = full.next().rest();
          if (isUri) {
            points.add(Shown.ascii(value));
          }
        }
      }
    }
    return points;
  }

  private static JsonValue unhandled(List<Extension> extensions, AlternativeNames names) {
    List<JsonValue> oids = new ArrayList<>();
    for (Extension e : extensions) {
      boolean readNames = e.oid().equals(AlternativeNames.OID) && !names.isEmpty();
      if (e.critical() && !HANDLED.contains(e.oid()) && !readNames) {
        oids.add(Shown.oid(e.oid()));
      }
    }
    return Shown.list(oids);
  }

  /**
   * Certificates one after the other in DER.
   *
   * @param charge told what reading each costs, before it is read
   */
  public static List<X509Certificate> all(byte[] der, LongConsumer charge) throws JoseException {
    List<X509Certificate> certificates = new ArrayList<>();
    Der in = Der.of(der);
    try {
      while (!in.atEnd()) {
        charge.accept(STEPS);
        certificates.add(PublicKeys.certificate(in.encoded()));
      }
    } catch (JoseException e) {
      throw new JoseException("x509: malformed certificate");
    }
    return certificates;
  }
}
