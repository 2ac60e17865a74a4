package app.intentgate.rego.x509;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.jose.PublicKeys;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * A private key with the public key that belongs to it, from PKCS #1, PKCS #8 or SEC 1. Does not
 * print its key.
 */
public record PrivateKeyPair(PrivateKey secret, PublicKey open) {
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String EC = "1.2.840.10045.2.1";
  private static final String ED25519 = "1.3.101.112";
  private static final int CURVE = 0xa0;
  private static final int POINT = 0xa1;

  /**
   * Reads a block of PEM.
   *
   * @throws JoseException when it holds no private key
   */
  public static PrivateKeyPair of(Pem block) throws JoseException {
    return switch (block.type()) {
      case "RSA PRIVATE KEY" -> ofInfo(info(rsaIdentifier(), block.bytes()));
      case "EC PRIVATE KEY" -> ofSec1(block.bytes());
      case "PRIVATE KEY" -> ofInfo(block.bytes());
      default -> throw new JoseException("no private key");
    };
  }

  private static byte[] rsaIdentifier() {
    return Der.element(Der.SEQUENCE, Der.objectIdentifier(RSA), Der.element(0x05));
  }

  private static byte[] info(byte[] identifier, byte[] key) {
    return Der.element(
        Der.SEQUENCE, Der.integer(BigInteger.ZERO), identifier, Der.element(Der.OCTET_STRING, key));
  }

  private static PrivateKeyPair ofSec1(byte[] der) throws JoseException {
    Der in = Der.of(der).next(Der.SEQUENCE);
    in.next(Der.INTEGER);
    in.next(Der.OCTET_STRING);
    if (in.tag() != CURVE) {
      throw new JoseException("x509: unknown elliptic curve");
    }
    byte[] curve = in.next().encoded();
    return ofInfo(info(Der.element(Der.SEQUENCE, Der.objectIdentifier(EC), curve), der));
  }

  private static PrivateKeyPair ofInfo(byte[] der) throws JoseException {
    Der in = Der.of(der).next(Der.SEQUENCE);
    in.next(Der.INTEGER);
    byte[] identifier = in.encoded();
    byte[] key = in.next(Der.OCTET_STRING).rest();
    String algorithm = Der.of(identifier).next(Der.SEQUENCE).next(Der.OID).oid();
    try {
      return switch (algorithm) {
        case RSA -> rsa(secret("RSA", der));
        case EC -> new PrivateKeyPair(secret("EC", der), point(identifier, key));
        case ED25519 -> ed25519(secret("Ed25519", der));
        default ->
            throw new JoseException(
                "x509: PKCS#8 wrapping contained private key with unknown"
                    + " algorithm: "
                    + algorithm);
      };
    } catch (GeneralSecurityException e) {
      throw new JoseException("x509: failed to parse private key");
    }
  }

  private static PrivateKey secret(String algorithm, byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static PrivateKeyPair rsa(PrivateKey secret)
      throws GeneralSecurityException, JoseException {
    if (!(secret instanceof RSAPrivateCrtKey crt)) {
      throw new JoseException("x509: RSA private key without its primes");
    }
    BigInteger largest = crt.getPrivateExponent().max(crt.getPrimeP()).max(crt.getPrimeQ());
    largest = largest.max(crt.getPrimeExponentP()).max(crt.getPrimeExponentQ());
    largest = largest.max(crt.getCrtCoefficient()).max(crt.getPublicExponent());
    if (largest.compareTo(crt.getModulus()) >= 0) {
      throw new JoseException("x509: invalid RSA private key");
    }
    RSAPublicKeySpec spec = new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent());
    return new PrivateKeyPair(secret, KeyFactory.getInstance("RSA").generatePublic(spec));
  }

  /** The public point, which SEC 1 allows to leave out but nobody does. */
  private static PublicKey point(byte[] identifier, byte[] sec1) throws JoseException {
    Der in = Der.of(sec1).next(Der.SEQUENCE);
    while (!in.atEnd()) {
      int tag = in.tag();
      Der part = in.next();
      if (tag == POINT) {
        return PublicKeys.ofInfo(Der.element(Der.SEQUENCE, identifier, part.encoded()));
      }
    }
    throw new JoseException("x509: EC private key without its public key");
  }

  /** The JDK derives the public key only while it makes a pair, so it is handed the secret. */
  private static PrivateKeyPair ed25519(PrivateKey secret)
      throws GeneralSecurityException, JoseException {
    byte[] seed =
        ((EdECPrivateKey) secret)
            .getBytes()
            .orElseThrow(() -> new JoseException("x509: Ed25519 private key without its bytes"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, new Seed(seed));
    return new PrivateKeyPair(secret, generator.generateKeyPair().getPublic());
  }

  /** Gives out a given secret instead of chance. */
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Seed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(bytes, 0, out, 0, out.length);
    }
  }

  @Override
  public String toString() {
    return "PrivateKeyPair[" + secret.getAlgorithm() + "]";
  }
}
