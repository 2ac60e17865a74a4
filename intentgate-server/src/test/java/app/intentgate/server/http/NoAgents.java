package app.intentgate.server.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The routes of agents, without a gate behind them. */
public final class NoAgents implements FrontHandler.Agents {
  @Override
  public boolean hasStreams() {
    return false;
  }

  @Override
  public void everySecond() {}

  @Override
  public void endStreams() {}

  @Override
  public void recordSummaries(boolean last) {}

  @Override
  public void mcp(Request request, Response response, Callback callback) {
    Replies.empty(response, callback, 200);
  }

  @Override
  public void toolCall(Request request, Response response, Callback callback) {
    Replies.empty(response, callback, 200);
  }
}
