package app.intentgate.rego.jose;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;

/** Public keys and certificates from their encodings. */
public final class PublicKeys {
  private PublicKeys() {}

  /** The key of a SubjectPublicKeyInfo, whichever algorithm it is for. */
  public static PublicKey ofInfo(byte[] der) throws JoseException {
    String oid = Der.of(der).next(Der.SEQUENCE).next(Der.SEQUENCE).next(Der.OID).oid();
    String algorithm =
        switch (oid) {
          case "1.2.840.113549.1.1.1" -> "RSA";
          case "1.2.840.10045.2.1" -> "EC";
          case "1.3.101.112" -> "Ed25519";
          default -> throw new JoseException("x509: unknown public key algorithm");
        };
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new JoseException("x509: invalid " + algorithm + " public key");
    }
  }

  /** A certificate; nothing about it is checked but its encoding. */
  public static X509Certificate certificate(byte[] der) throws JoseException {
    try {
      // The factory also takes PEM and reads one of several; here it must be this one encoding.
      Der reader = Der.of(der);
      reader.next(Der.SEQUENCE);
      if (!reader.atEnd()) {
        throw new JoseException("x509: trailing data");
      }
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new JoseException("x509: malformed certificate");
    }
  }
}
