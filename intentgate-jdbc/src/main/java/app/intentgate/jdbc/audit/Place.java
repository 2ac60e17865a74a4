package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader stands in the order of all events: by commit, then chain, then number. A reader of
 * one tenant stands in its chain alone, and only the number counts.
 *
 * @param ofTenant whether it reads one tenant
 * @param position the commit; 0 for a reader of one tenant
 * @param chain the key of the chain in that commit; empty for a reader of one tenant
 * @param seq the number of the event last read
 */
record Place(boolean ofTenant, long position, String chain, long seq) {
  private static final int RADIX = 36;

  /** Before the first event. */
  static Place start(boolean ofTenant) {
    return new Place(ofTenant, 0, "", 0);
  }

  /** The cursor that {@link #parse} reads. */
  String cursor() {
    if (ofTenant) {
      return "t" + Long.toString(seq, RADIX);
    }
    String name =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(chain.getBytes(StandardCharsets.UTF_8));
    return "p" + Long.toString(position, RADIX) + "." + Long.toString(seq, RADIX) + "." + name;
  }

  /**
   * Reads a cursor.
   *
   * @param ofTenant whether the reader reads one tenant
   * @throws AuditException {@link AuditException.Code#BAD_CURSOR} when it is not of that kind
   */
  static @Nullable Place parse(@Nullable String cursor, boolean ofTenant) {
    if (cursor == null) {
      return null;
    }
    try {
      if (ofTenant && cursor.startsWith("t")) {
        Place place = new Place(true, 0, "", Long.parseLong(cursor.substring(1), RADIX));
        if (place.seq() >= 0 && place.cursor().equals(cursor)) {
          return place;
        }
      } else if (!ofTenant && cursor.startsWith("p")) {
        String[] parts = cursor.substring(1).split("\\.", -1);
        if (parts.length == 3) {
          String chain =
              new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
          Place place =
              new Place(
                  false, Long.parseLong(parts[0], RADIX), chain, Long.parseLong(parts[1], RADIX));
          if (place.position() >= 0
              && place.seq() >= 0
              // No key of a chain has one, and PostgreSQL takes none.
              && chain.indexOf(0) < 0
              && place.cursor().equals(cursor)) {
            return place;
          }
        }
      }
    } catch (IllegalArgumentException e) {
      // Falls through: not one of ours.
    }
    throw new AuditException(
        AuditException.Code.BAD_CURSOR, "cursor is not one that this store gave");
  }
}
