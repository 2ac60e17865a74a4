package app.intentgate.rego.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.List;

/**
 * An elliptic curve of JWA (RFC 7518, section 6.2.1.1).
 *
 * @param joseName its name in keys
 */
record EcCurve(String joseName, ECParameterSpec parameters) {
  private static final List<EcCurve> ALL =
      List.of(of("P-256", "secp256r1"), of("P-384", "secp384r1"), of("P-521", "secp521r1"));

  private static EcCurve of(String joseName, String name) {
    try {
      AlgorithmParameters p = AlgorithmParameters.getInstance("EC");
      p.init(new ECGenParameterSpec(name));
      return new EcCurve(joseName, p.getParameterSpec(ECParameterSpec.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no curve " + name, e);
    }
  }

  static EcCurve named(String joseName) throws JoseException {
    for (EcCurve c : ALL) {
      if (c.joseName.equals(joseName)) {
        return c;
      }
    }
    throw new JoseException("unknown curve " + joseName);
  }

  /** The bytes a number of the curve takes in a signature. */
  static int size(ECParameterSpec parameters) {
    return (parameters.getOrder().bitLength() + 7) / 8;
  }

  /** A point, which must be on the curve: off it, signatures prove nothing. */
  ECPoint point(BigInteger x, BigInteger y) throws JoseException {
    BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
    BigInteger right =
        x.modPow(BigInteger.valueOf(3), p)
            .add(parameters.getCurve().getA().multiply(x))
            .add(parameters.getCurve().getB())
            .mod(p);
    boolean inField = x.compareTo(p) < 0 && y.compareTo(p) < 0;
    if (!inField || !y.modPow(BigInteger.TWO, p).equals(right)) {
      throw new JoseException("point is not on the curve " + joseName);
    }
    return new ECPoint(x, y);
  }
}
