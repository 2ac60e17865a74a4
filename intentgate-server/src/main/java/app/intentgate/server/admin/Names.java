package app.intentgate.server.admin;

import app.intentgate.audit.AuditStore;
import app.intentgate.jdbc.StoredText;

/**
 * Names that operators send, by which something is stored and found again. What no store can keep
 * is the asker's mistake, said before anything is done, and no failure of the store.
 */
final class Names {
  private Names() {}

  /** A name that every store keeps as it is. */
  static String storable(String member, String name) {
    if (!StoredText.readable(name).equals(name)) {
      throw AdminException.badRequest(
          member + " holds a NUL or half a character, which no store can keep");
    }
    return findable(member, name);
  }

  /** A name that an event can be found by; the event keeps any character. */
  static String findable(String member, String name) {
    if (AuditStore.isTooLongToFind(name)) {
      throw AdminException.badRequest(
          member + " is too long: it may have " + AuditStore.MAX_FOUND_BY + " bytes as JSON");
    }
    return name;
  }
}
