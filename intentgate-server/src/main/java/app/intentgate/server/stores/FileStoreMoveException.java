package app.intentgate.server.stores;

/** A file store that cannot be moved, and why. */
public final class FileStoreMoveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FileStoreMoveException(String message) {
    super(message);
  }
}
