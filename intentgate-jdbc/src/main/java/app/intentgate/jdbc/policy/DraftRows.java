package app.intentgate.jdbc.policy;

import app.intentgate.file.PolicyLines;
import app.intentgate.jdbc.StoredJson;
import app.intentgate.json.JsonWriter;
import app.intentgate.policy.lifecycle.PolicyDraft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ig_policy_drafts} and {@code ig_policy_revisions}. */
final class DraftRows {
  private static final String PUT_DRAFT =
      """
      INSERT INTO ig_policy_drafts (id, tenant, revision, saved, deleted)
      VALUES (?, ?, ?, ?, FALSE)
      ON CONFLICT (tenant, id) DO UPDATE SET revision = excluded.revision, saved = excluded.saved
      """;
  private static final String PUT_REVISION =
      "INSERT INTO ig_policy_revisions (draft_id, revision, tenant, line) VALUES (?, ?, ?, ?)";
  private static final String KNOWN = "SELECT deleted FROM ig_policy_drafts WHERE id = ?";
  private static final String LATEST =
      """
      SELECT r.line FROM ig_policy_drafts d
      JOIN ig_policy_revisions r
        ON r.tenant = d.tenant AND r.draft_id = d.id AND r.revision = d.revision
      WHERE d.tenant = ? AND d.id = ? AND NOT d.deleted
      """;
  private static final String LATEST_IN_ALL =
      """
      SELECT r.line FROM ig_policy_drafts d
      JOIN ig_policy_revisions r
        ON r.tenant = d.tenant AND r.draft_id = d.id AND r.revision = d.revision
      WHERE d.id = ? AND NOT d.deleted
      """;
  private static final String AT =
      "SELECT line FROM ig_policy_revisions WHERE tenant = ? AND draft_id = ? AND revision = ?";
  private static final String AT_IN_ALL =
      "SELECT line FROM ig_policy_revisions WHERE draft_id = ? AND revision = ?";
  private static final String LIST =
      """
      SELECT r.line FROM ig_policy_drafts d
      JOIN ig_policy_revisions r
        ON r.tenant = d.tenant AND r.draft_id = d.id AND r.revision = d.revision
      WHERE d.tenant = ? AND NOT d.deleted
      ORDER BY d.saved DESC LIMIT ? OFFSET ?
      """;
  private static final String LIST_ALL =
      """
      SELECT r.line FROM ig_policy_drafts d
      JOIN ig_policy_revisions r
        ON r.tenant = d.tenant AND r.draft_id = d.id AND r.revision = d.revision
      WHERE NOT d.deleted
      ORDER BY d.saved DESC LIMIT ? OFFSET ?
      """;
  private static final String DELETE =
      "UPDATE ig_policy_drafts SET deleted = TRUE WHERE tenant = ? AND id = ?";

  private DraftRows() {}

  /** Adds a revision, which is the draft's latest from then on. */
  static void save(Connection connection, PolicyDraft draft, long saved) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_DRAFT);
        PreparedStatement revision = connection.prepareStatement(PUT_REVISION)) {
      put.setString(1, draft.id());
      put.setString(2, draft.tenant());
      put.setInt(3, draft.at().number());
      put.setLong(4, saved);
      put.executeUpdate();
      revision.setString(1, draft.id());
      revision.setInt(2, draft.at().number());
      revision.setString(3, draft.tenant());
      revision.setString(4, JsonWriter.toText(PolicyLines.of(draft)));
      revision.executeUpdate();
    }
  }

  /** Whether there is, or was, a draft of that id, whoever's. */
  static boolean isKnown(Connection connection, String id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(KNOWN)) {
      query.setString(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** A draft that was not deleted, of that tenant or of any for null. */
  static Optional<PolicyDraft> latest(Connection connection, String id, @Nullable String tenant)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(tenant == null ? LATEST_IN_ALL : LATEST)) {
      int at = tenantFirst(query, tenant);
      query.setString(at, id);
      return drafts(query).stream().findFirst();
    }
  }

  /** Whether a slot may come to refer to a draft: of its tenant's, or of the default slot's. */
  static boolean isThere(Connection connection, String id, String tenant) throws SQLException {
    return latest(connection, id, tenant).isPresent() || latest(connection, id, "").isPresent();
  }

  static Optional<PolicyDraft> at(
      Connection connection, String id, int revision, @Nullable String tenant) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(tenant == null ? AT_IN_ALL : AT)) {
      int at = tenantFirst(query, tenant);
      query.setString(at++, id);
      query.setInt(at, revision);
      return drafts(query).stream().findFirst();
    }
  }

  /** Sets the tenant, where there is one, and says the next parameter. */
  private static int tenantFirst(PreparedStatement query, @Nullable String tenant)
      throws SQLException {
    if (tenant == null) {
      return 1;
    }
    query.setString(1, tenant);
    return 2;
  }

  static List<PolicyDraft> list(
      Connection connection, @Nullable String tenant, int limit, int offset) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(tenant == null ? LIST_ALL : LIST)) {
      int at = tenantFirst(query, tenant);
      query.setInt(at++, limit);
      query.setInt(at, offset);
      return drafts(query);
    }
  }

  static void delete(Connection connection, String id, String tenant) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, tenant);
      delete.setString(2, id);
      delete.executeUpdate();
    }
  }

  private static List<PolicyDraft> drafts(PreparedStatement query) throws SQLException {
    List<PolicyDraft> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(StoredJson.read(rows.getString(1), PolicyLines::draft));
      }
    }
    return found;
  }
}
