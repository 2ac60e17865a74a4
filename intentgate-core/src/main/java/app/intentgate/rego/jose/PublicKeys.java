package app.intentgate.rego.jose;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/** Public keys and certificates from their encodings. */
public final class PublicKeys {
  /** In bytes; one for a thousand hosts has a third of it. */
  private static final int MAX_CERTIFICATE = 128 << 10;

  /** As many bits Go reads of the exponent of an RSA key. */
  private static final int MAX_EXPONENT = 63;

  /** The longest prime that DSA has ever been defined for (FIPS 186-4), in bits. */
  private static final int MAX_DSA = 3072;

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
      return checked(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new JoseException("x509: invalid " + algorithm + " public key");
    }
  }

  /**
   * A certificate; nothing about it is checked but its encoding, and that it is no larger than any
   * in use: the JDK reads it in one go, which no deadline can end.
   */
  public static X509Certificate certificate(byte[] der) throws JoseException {
    if (der.length > MAX_CERTIFICATE) {
      throw new JoseException("x509: certificate too large");
    }
    try {
      // The factory also takes PEM and reads one of several; here it must be this one encoding.
      Der reader = Der.of(der);
      reader.next(Der.SEQUENCE);
      if (!reader.atEnd()) {
        throw new JoseException("x509: trailing data");
      }
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      checked(certificate.getPublicKey());
      return certificate;
    } catch (CertificateException e) {
      throw new JoseException("x509: malformed certificate");
    }
  }

  /**
   * The key, unless verifying with it takes so long that somebody made it for that: the JDK bounds
   * the modulus of an RSA key, and neither its exponent nor the numbers of a DSA key.
   */
  static PublicKey checked(PublicKey key) throws JoseException {
    if (key instanceof RSAPublicKey rsa && rsa.getPublicExponent().bitLength() > MAX_EXPONENT) {
      throw new JoseException("x509: invalid RSA public exponent");
    }
    if (key instanceof DSAPublicKey dsa && !isBounded(dsa)) {
      throw new JoseException("x509: invalid DSA parameters");
    }
    return key;
  }

  private static boolean isBounded(DSAPublicKey key) {
    DSAParams p = key.getParams();
    return p != null && p.getP().max(p.getQ()).max(p.getG()).max(key.getY()).bitLength() <= MAX_DSA;
  }
}
