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

  /** A name within a tenant that an event of both can be found by. */
  static void findable(String tenant, String member, String name) {
    if (AuditStore.isTooLongToFind(tenant, name)) {
      throw AdminException.badRequest(
          "tenant with %s is too long: it may have %d bytes as JSON"
              .formatted(member, AuditStore.MAX_FOUND_TOGETHER));
    }
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
