package app.intentgate.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Says in one sentence what went wrong. */
final class Failures {
  private Failures() {}

  static String sentence(Throwable failure) {
    if (failure instanceof NoSuchFileException e) {
      return e.getFile() + " does not exist";
    }
    if (failure instanceof AccessDeniedException e) {
      return e.getFile() + " may not be read";
    }
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return failure instanceof IOException ? "cannot read or write: " + message : message;
  }
}
