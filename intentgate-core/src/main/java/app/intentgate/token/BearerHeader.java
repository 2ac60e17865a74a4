package app.intentgate.token;

import app.intentgate.token.TokenException.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the token in an {@code Authorization} header (contract 1.4, B13, B48). */
public final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /**
   * The token of a header's value, or null when there is no header, an empty one, or one with the
   * scheme alone. The scheme may be in any letter case.
   *
   * @throws TokenException with {@code INVALID_HEADER} for any other value
   */
  public static @Nullable String token(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new TokenException(
          Code.INVALID_HEADER, "expected \"Bearer <token>\" Authorization header");
    }
    String token = trim(value.substring(SCHEME.length()));
    return token.isEmpty() ? null : token;
  }

  /**
   * The token of a request's header values.
   *
   * @throws TokenException with {@code INVALID_HEADER} when there are several headers (B48), or the
   *     one does not hold a bearer token
   */
  public static @Nullable String token(List<String> values) {
    if (values.size() > 1) {
      throw new TokenException(Code.INVALID_HEADER, "more than one Authorization header");
    }
    return values.isEmpty() ? null : token(values.get(0));
  }

  /** Cuts off what Unicode calls white space. */
  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == '\u0085';
  }
}
