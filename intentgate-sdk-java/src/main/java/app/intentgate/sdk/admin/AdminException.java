package app.intentgate.sdk.admin;

import app.intentgate.json.JsonObject;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An operator's request that was refused, or found no gate. Immutable. */
public final class AdminException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final transient @Nullable JsonObject body;

  AdminException(int status, String message, @Nullable JsonObject body, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.body = body;
  }

  /** The HTTP status; 0 when no answer came, or none that could be read. */
  public int status() {
    return status;
  }

  /** What came with it, such as the row as it stands when it was decided before; or null. */
  public @Nullable JsonObject body() {
    return body;
  }

  /** Whether nothing is there: no such id, or a feature this gate has not turned on. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** Whether someone else was first, or the rules of this gate ask for another way. */
  public boolean isConflict() {
    return status == 409 || status == 412;
  }

  /** Whether the operator's token is not accepted, or does not reach so far. */
  public boolean isDenied() {
    return status == 401 || status == 403;
  }
}
