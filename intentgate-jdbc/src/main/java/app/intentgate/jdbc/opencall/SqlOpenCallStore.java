package app.intentgate.jdbc.opencall;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.StoredText;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Open calls in a database. They are rare and asked for once, so that nothing of them is held in
 * memory. Thread-safe.
 */
public final class SqlOpenCallStore implements OpenCallStore {
  private final Database database;
  private final Offload offload;

  /**
   * A store.
   *
   * @param offload where it reads and writes
   */
  public SqlOpenCallStore(Database database, Offload offload) {
    this.database = database;
    this.offload = offload;
  }

  @Override
  public CompletionStage<List<OpenCall>> keep(OpenCall call) {
    return offload.run(
        () ->
            database.write(
                handle -> {
                  Connection connection = handle.getConnection();
                  List<OpenCall> lost = new ArrayList<>(OpenCallRows.take(connection, call.key()));
                  OpenCallRows.insert(connection, call);
                  lost.addAll(OpenCallRows.takeSurplus(connection, call.key().session()));
                  return lost;
                }));
  }

  @Override
  public CompletionStage<Optional<OpenCall>> take(OpenCall.Key key) {
    return offload.run(
        () ->
            database.write(
                handle -> OpenCallRows.take(handle.getConnection(), key).stream().findFirst()));
  }

  @Override
  public CompletionStage<List<OpenCall>> takeAll(OpenCall.Session session) {
    return offload.run(
        () -> database.write(handle -> OpenCallRows.takeAll(handle.getConnection(), session)));
  }

  @Override
  public CompletionStage<List<OpenCall>> takeOlder(Instant than, int limit) {
    return offload.run(
        () ->
            database.write(
                handle ->
                    OpenCallRows.takeOlder(
                        handle.getConnection(), StoredText.micros(than), limit)));
  }
}
