package app.intentgate.rego.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;

import app.intentgate.rego.jose.Der;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Certificates as nobody would issue them. All are of one key of the curve P-256. */
public final class MadeCertificates {
  private static final KeyPair KEYS = keys();
  private static final byte[] ECDSA_SHA256 =
      Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.840.10045.4.3.2"));
  private static final byte[] TRUE = Der.element(Der.BOOLEAN, new byte[] {-1});
  private static final byte[] VALIDITY =
      Der.element(Der.SEQUENCE, time("250101000000Z"), time("491231235959Z"));

  /** The extension that makes an authority. */
  public static final byte[] AUTHORITY = extension("2.5.29.19", Der.element(Der.SEQUENCE, TRUE));

  private MadeCertificates() {}

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(String text) {
    return Der.element(0x17, text.getBytes(US_ASCII));
  }

  /** A distinguished name of one common name. */
  public static byte[] name(String commonName) {
    byte[] value = Der.element(0x0c, commonName.getBytes(US_ASCII));
    byte[] attribute = Der.element(Der.SEQUENCE, Der.objectIdentifier("2.5.4.3"), value);
    return Der.element(Der.SEQUENCE, Der.element(Der.SET, attribute));
  }

  /** A critical extension. */
  public static byte[] extension(String oid, byte[] value) {
    return Der.element(
        Der.SEQUENCE, Der.objectIdentifier(oid), TRUE, Der.element(Der.OCTET_STRING, value));
  }

  /** The key that all are of, as it is written in certificates. */
  public static byte[] key() {
    return KEYS.getPublic().getEncoded();
  }

  /** Another key. */
  public static byte[] anotherKey() {
    return keys().getPublic().getEncoded();
  }

  /** A certificate in PEM, of the one key. */
  public static String of(String subject, String issuer, int serial, byte[]... extensions) {
    return pem(der(name(subject), name(issuer), BigInteger.valueOf(serial), key(), extensions));
  }

  /** A certificate from its parts, signed with the one key. */
  public static byte[] der(
      byte[] subject, byte[] issuer, BigInteger serial, byte[] key, byte[]... extensions) {
    byte[] body =
        Der.element(
            Der.SEQUENCE,
            Der.element(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(serial),
            ECDSA_SHA256,
            issuer,
            VALIDITY,
            subject,
            key,
            Der.element(0xa3, Der.element(Der.SEQUENCE, extensions)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(KEYS.getPrivate());
      signature.update(body);
      byte[] bits = Der.element(Der.BIT_STRING, new byte[1], signature.sign());
      return Der.element(Der.SEQUENCE, body, ECDSA_SHA256, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In PEM. */
  public static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }
}
