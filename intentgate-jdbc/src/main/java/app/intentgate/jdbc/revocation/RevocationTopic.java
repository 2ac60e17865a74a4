package app.intentgate.jdbc.revocation;

import app.intentgate.jdbc.feed.FeedTopic;
import app.intentgate.jdbc.feed.Mirror;
import app.intentgate.revocation.Revocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Which tokens are revoked, in memory: their keys alone. Looking one up takes no lock. */
final class RevocationTopic implements FeedTopic {
  static final String NAME = "revocations";

  private record Key(String tenant, String id) {}

  private final Mirror<Key, Long> versions = new Mirror<>(Long::longValue);
  private volatile boolean chainIds;

  boolean isRevoked(String tenant, String id) {
    if (versions.isEmpty()) {
      return false;
    }
    return versions.get(new Key(tenant, id)) != null
        || versions.get(new Key(Revocation.EVERY_TENANT, id)) != null;
  }

  boolean listsChainIds() {
    return chainIds;
  }

  /** One that is committed. */
  void add(String tenant, String id, long version) {
    note(id);
    versions.put(new Key(tenant, id), version);
  }

  /** Before the key can be found, so that nobody passes over the chain for which it is listed. */
  private void note(String id) {
    if (id.length() == Revocation.CHAIN_ID_LENGTH) {
      chainIds = true;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void reload(Connection connection) throws SQLException {
    versions.reload(
        () -> {
          Map<Key, Long> there = new HashMap<>();
          RevocationRows.keysAfter(
              connection,
              0,
              (tenant, id, version) -> {
                note(id);
                there.put(new Key(tenant, id), version);
              });
          return there;
        });
  }

  @Override
  public long follow(Connection connection, long after) throws SQLException {
    long[] newest = {after};
    RevocationRows.keysAfter(
        connection,
        after,
        (tenant, id, version) -> {
          add(tenant, id, version);
          newest[0] = Math.max(newest[0], version);
        });
    return newest[0];
  }
}
