package app.intentgate.operator;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text an operator signs in with: {@code igop_<id>_<43 characters>}, the last part 256 random
 * bits. Shown once, when it is made.
 */
public final class OperatorToken {
  private static final Pattern FORM = Pattern.compile("igop_([a-z0-9]{12})_[A-Za-z0-9_-]{43}");
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;

  private OperatorToken() {}

  /** A new account id. */
  public static String newId(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
    }
    return id.toString();
  }

  /** A new token of an account. */
  public static String make(String id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return "igop_" + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** The account id in a token; null when the text has not a token's form. */
  public static @Nullable String idOf(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
