package app.intentgate.server.upstream;

import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;

/**
 * Passes over whatever a server says before its answer (1xx). Unless somebody does, Jetty takes it
 * for the end of the exchange, and tells nobody of the answer, nor that its time is up.
 */
final class InterimAnswers extends ProcessingProtocolHandler {
  private static final int SWITCHING = 101;

  @Override
  public String getName() {
    return "interim";
  }

  @Override
  public boolean accept(Request request, Response response) {
    int status = response.getStatus();
    return status >= 100 && status < 200 && status != SWITCHING;
  }
}
