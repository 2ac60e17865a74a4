package app.intentgate.server;

import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.ListenAddress;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.GateConnector;
import app.intentgate.server.http.Replies;
import app.intentgate.server.http.TrustedProxies;
import app.intentgate.server.metrics.GateMetrics;
import app.intentgate.server.metrics.MeteredHandler;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The web server of a gate: Jetty with the agents' routes in front, and Javalin behind them. */
final class HttpFront {
  private static final long STOP_MILLIS = 15_000;
  private static final long IDLE_MILLIS = 120_000;

  /** Calls are served by the threads that read them, so all processors must have one. */
  private static final int SELECTORS =
      Math.max(1, Math.min(32, Runtime.getRuntime().availableProcessors()));

  private HttpFront() {}

  /**
   * A web server that does not listen yet.
   *
   * @param maxConnections how many connections there may be at once
   * @param front the first to see a request
   * @param proxies say from whom a request comes
   * @param metrics counts requests; null counts none
   * @param routes adds the routes behind the front
   */
  static Javalin create(
      ListenAddress address,
      int maxConnections,
      QueuedThreadPool threads,
      FrontHandler front,
      TrustedProxies proxies,
      @Nullable GateMetrics metrics,
      Consumer<JavalinConfig> routes) {
    return Javalin.create(
        c -> {
          prepare(c, threads, front, proxies, metrics);
          c.jetty.addConnector((server, http) -> connector(server, http, address, maxConnections));
          routes.accept(c);
        });
  }

  private static void prepare(
      JavalinConfig c,
      QueuedThreadPool threads,
      FrontHandler front,
      TrustedProxies proxies,
      @Nullable GateMetrics metrics) {
    c.startup.showJavalinBanner = false;
    c.startup.showOldJavalinVersionWarning = false;
    c.startup.startupWatcherEnabled = false;
    c.jetty.threadPool = threads;
    c.jetty.modifyHttpConfiguration(HttpFront::harden);
    c.jetty.modifyHttpConfiguration(http -> http.addCustomizer(proxies));
    c.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.setErrorHandler(HttpFront::error);
          server.insertHandler(front);
          if (metrics != null) {
            server.insertHandler(new MeteredHandler(metrics));
          }
          server.insertHandler(new GracefulHandler());
        });
  }

  /** What Jetty answers by itself, such as to a request it cannot read. */
  private static boolean error(Request request, Response response, Callback callback) {
    Replies.error(
        response, callback, response.getStatus(), HttpStatus.getMessage(response.getStatus()));
    return true;
  }

  private static void harden(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    // A prompt of 100,000 characters travels in a header.
    http.setRequestHeaderSize(1 << 20);
    // Jetty would keep a table of 100 KB for each connection, to find headers it has seen there.
    http.setHeaderCacheSize(0);
  }

  private static Connector connector(
      Server server, HttpConfiguration http, ListenAddress address, int maxConnections) {
    ServerConnector connector =
        new GateConnector(server, SELECTORS, new HttpConnectionFactory(http));
    connector.setHost(address.host().isEmpty() ? null : address.host());
    connector.setPort(address.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(1024);
    // Each may hold a megabyte of headers before anybody has proved who it is.
    connector.addBean(new NetworkConnectionLimit(maxConnections, connector));
    return connector;
  }

  /**
   * Has ready what Jetty finds out first when it is started, and longest: all locales there are.
   *
   * @return what was loaded
   */
  static MimeTypes load() {
    return MimeTypes.DEFAULTS;
  }

  /**
   * Starts to listen.
   *
   * @throws ConfigException when the address cannot be had
   */
  static void listen(Javalin javalin, ListenAddress address) {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new ConfigException(
          "INTENTGATE_ADDR "
              + address
              + " cannot be listened on: it is in use, or not an address of this machine",
          e);
    }
  }
}
