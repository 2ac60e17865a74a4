package app.intentgate.rego.jose;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/** Reads and writes the little of ASN.1 DER that the JDK keeps to itself. Not thread-safe. */
public final class Der {
  /** The tag of a boolean. */
  public static final int BOOLEAN = 0x01;

  /** The tag of an integer. */
  public static final int INTEGER = 0x02;

  /** The tag of a bit string. */
  public static final int BIT_STRING = 0x03;

  /** The tag of an octet string. */
  public static final int OCTET_STRING = 0x04;

  /** The tag of an object identifier. */
  public static final int OID = 0x06;

  /** The tag of a sequence. */
  public static final int SEQUENCE = 0x30;

  /** The tag of a set. */
  public static final int SET = 0x31;

  /**
   * An object identifier has no longer numbers than this, in bytes: reading them takes the square.
   */
  private static final int MAX_ARC = 32;

  /** Nothing that is read is a longer number than this, in bytes; an RSA key of 64 KiBit is. */
  private static final int MAX_NUMBER = 8 << 10;

  private final byte[] bytes;
  private final int end;
  private int pos;

  private Der(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.pos = start;
    this.end = end;
  }

  /** A reader of a whole encoding. */
  public static Der of(byte[] bytes) {
    return new Der(bytes, 0, bytes.length);
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return pos == end;
  }

  /** The tag of the next element; -1 at the end. */
  public int tag() {
    return atEnd() ? -1 : bytes[pos] & 0xff;
  }

  /** Reads the next element, whatever it is, and returns a reader of what it holds. */
  public Der next() throws JoseException {
    int start = pos + 1;
    int length = start < end ? bytes[start++] & 0xff : -1;
    if (length > 0x80) {
      int count = length & 0x7f;
      if (count > 4 || start + count > end) {
        throw new JoseException("malformed DER");
      }
      length = new BigInteger(1, Arrays.copyOfRange(bytes, start, start + count)).intValue();
      start += count;
    } else if (length == 0x80) {
      throw new JoseException("malformed DER");
    }
    if (length < 0 || length > end - start) {
      throw new JoseException("malformed DER");
    }
    pos = start + length;
    return new Der(bytes, start, pos);
  }

  /** Reads the next element, whatever it is, and returns it with its tag and length. */
  public byte[] encoded() throws JoseException {
    int start = pos;
    next();
    return Arrays.copyOfRange(bytes, start, pos);
  }

  /** The integer that is left. */
  public BigInteger number() throws JoseException {
    byte[] digits = rest();
    if (digits.length == 0 || digits.length > MAX_NUMBER) {
      throw new JoseException("malformed DER");
    }
    return new BigInteger(digits);
  }

  /** Reads the next element, which must have a tag. */
  public Der next(int tag) throws JoseException {
    if (tag() != tag) {
      throw new JoseException("malformed DER");
    }
    return next();
  }

  /** What is left, as bytes. */
  public byte[] rest() {
    return Arrays.copyOfRange(bytes, pos, end);
  }

  /** The object identifier that is left, in dotted decimals. */
  public String oid() throws JoseException {
    StringBuilder b = new StringBuilder();
    BigInteger arc = BigInteger.ZERO;
    int arcStart = pos;
    for (int i = pos; i < end; i++) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
      if (i - arcStart == MAX_ARC) {
        throw new JoseException("malformed DER");
      }
      if (bytes[i] >= 0) {
        if (b.length() == 0) {
          int first = arc.bitLength() > 7 ? 2 : Math.min(2, arc.intValue() / 40);
          b.append(first).append('.').append(arc.subtract(BigInteger.valueOf(40L * first)));
        } else {
          b.append('.').append(arc);
        }
        arc = BigInteger.ZERO;
        arcStart = i + 1;
      }
    }
    if (b.length() == 0 || arcStart < end) {
      throw new JoseException("malformed DER");
    }
    return b.toString();
  }

  /** An object identifier, from dotted decimals. */
  public static byte[] objectIdentifier(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long first = Long.parseLong(arcs[0]) * 40 + Long.parseLong(arcs[1]);
    for (int i = 1; i < arcs.length; i++) {
      long arc = i == 1 ? first : Long.parseLong(arcs[i]);
      for (int shift = 56; shift > 0; shift -= 7) {
        if (arc >>> shift != 0) {
          out.write((int) (0x80 | ((arc >>> shift) & 0x7f)));
        }
      }
      out.write((int) (arc & 0x7f));
    }
    return element(OID, out.toByteArray());
  }

  /** An element with a tag, from what it holds. */
  public static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = body.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int skip = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | (digits.length - skip));
      out.write(digits, skip, digits.length - skip);
    }
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  /** An integer. */
  public static byte[] integer(BigInteger value) {
    return element(INTEGER, value.toByteArray());
  }
}
