package app.intentgate.server.admin;

/** A request that an operator's route answers with an error. */
final class AdminException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;

  AdminException(int status, String text) {
    super(text, null, false, false);
    this.status = status;
    this.text = text;
  }

  static AdminException badRequest(String text) {
    return new AdminException(400, text);
  }

  int status() {
    return status;
  }

  String text() {
    return text;
  }
}
