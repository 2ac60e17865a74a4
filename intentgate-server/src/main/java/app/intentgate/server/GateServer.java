package app.intentgate.server;

import app.intentgate.ApprovalActions;
import app.intentgate.IntentGate;
import app.intentgate.policy.PolicyEngine;
import app.intentgate.policy.lifecycle.PolicyService;
import app.intentgate.server.admin.AdminRoutes;
import app.intentgate.server.admin.AdminServices;
import app.intentgate.server.admin.HealthRoutes;
import app.intentgate.server.config.ApprovalSettings;
import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.HttpSettings;
import app.intentgate.server.config.ListenAddress;
import app.intentgate.server.config.LogSettings;
import app.intentgate.server.config.Origins;
import app.intentgate.server.config.UpstreamSettings;
import app.intentgate.server.consent.ConsentLinks;
import app.intentgate.server.consent.ConsentRoutes;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.GateThreads;
import app.intentgate.server.http.OpenApiRoute;
import app.intentgate.server.http.OperatorThreads;
import app.intentgate.server.http.TrustedProxies;
import app.intentgate.server.log.LogOutput;
import app.intentgate.server.mcp.MethodRules;
import app.intentgate.server.metrics.GateGauges;
import app.intentgate.server.metrics.GateMetrics;
import app.intentgate.server.metrics.MetricsRoute;
import app.intentgate.server.oauth.MetadataRoute;
import app.intentgate.server.oauth.OAuth;
import app.intentgate.server.oauth.TokenExchange;
import app.intentgate.server.opa.OpaPolicyEngine;
import app.intentgate.server.pin.PinFactory;
import app.intentgate.server.pin.PinnedTools;
import app.intentgate.server.rpc.AgentRoutesFactory;
import app.intentgate.server.rpc.HoldTimes;
import app.intentgate.server.stores.Checkpoints;
import app.intentgate.server.stores.GateStorage;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstreams.Upstreams;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A gate that listens. {@link #close} stops it in order: nothing that was answered is lost (B43).
 */
public final class GateServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateServer.class);
  private static final int THREADS = 64;

  private final Parts parts;
  private boolean closed;

  /** What stops with the server. */
  private record Parts(
      Javalin javalin,
      QueuedThreadPool threads,
      OperatorThreads operators,
      IntentGate gate,
      GateStorage storage,
      Upstreams upstreams,
      GateTimer timer,
      AdminRoutes admin,
      FrontHandler.Agents agents,
      @Nullable PolicyService policies,
      Checkpoints checkpoints,
      PolicyEngine configured,
      @Nullable OAuth oauth) {}

  private GateServer(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts a gate and listens.
   *
   * @throws ConfigException when the configuration cannot be served: the message says what to
   *     change
   */
  public static GateServer start(Config config) {
    return start(config, (UpstreamClient) null);
  }

  /**
   * Starts a gate in front of a tool server that is there already, and listens.
   *
   * @param given the way to the tool server, closed with the gate; null for the configured one
   * @throws ConfigException when the configuration cannot be served
   */
  public static GateServer start(Config config, @Nullable UpstreamClient given) {
    LogOutput.configure(
        Level.valueOf(config.get(LogSettings.LOG_LEVEL).name()),
        config.get(LogSettings.LOG_FORMAT) == Choices.LogFormat.JSON);
    config.warnings().forEach(LOG::warn);
    Credentials credentials = Credentials.of(config);
    // Half the time of a start is one or the other of these; neither needs the other.
    StartTask<PolicyEngine> policy = StartTask.run(() -> GateFactory.policy(config));
    GateStorage storage;
    try {
      storage = GateStorage.open(config);
    } catch (RuntimeException e) {
      policy.abandon(GateServer::close);
      throw e;
    }
    try {
      GateMetrics metrics = config.get(HttpSettings.METRICS_ENABLED) ? new GateMetrics() : null;
      PolicyEngine configured = policy.await();
      // The processor that has compiled the policy is free; whoever listens waits for this anyway.
      var unused = StartTask.run(HttpFront::load);
      try {
        PinnedTools pinned = PinFactory.create(config, storage);
        IntentGate gate =
            GateFactory.gate(config, credentials, storage, configured, pinned, metrics);
        return start(config, credentials, storage, gate, pinned, configured, metrics, given);
      } catch (RuntimeException e) {
        close(configured);
        throw e;
      }
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static GateServer start(
      Config config,
      Credentials credentials,
      GateStorage storage,
      IntentGate gate,
      PinnedTools pinned,
      PolicyEngine configured,
      @Nullable GateMetrics metrics,
      @Nullable UpstreamClient given) {
    QueuedThreadPool threads = new GateThreads("intentgate", THREADS, 4);
    Upstreams upstreams;
    try {
      upstreams =
          given == null
              ? UpstreamFactory.create(config, threads, pinned, metrics)
              : UpstreamFactory.given(given, metrics);
    } catch (RuntimeException e) {
      stop(threads);
      throw e;
    }
    OperatorThreads operators = new OperatorThreads();
    PolicyService policies = null;
    Checkpoints checkpoints = null;
    OAuth oauth = null;
    try {
      oauth = OAuthFactory.start(config, credentials, gate);
      TokenExchange exchange = oauth == null ? null : oauth.exchange();
      checkpoints = CheckpointFactory.start(config, storage, gate);
      policies = PolicyFactory.start(config, storage, gate);
      int maxBody = Math.toIntExact(config.get(HttpSettings.MAX_BODY_BYTES));
      AdminRoutes admin =
          new AdminRoutes(
              new AdminServices(
                  gate,
                  credentials,
                  storage.operators(),
                  policies,
                  checkpoints.checkpointer(),
                  upstreams,
                  pinned.pins(),
                  config,
                  maxBody));
      FrontHandler.Agents agents =
          AgentRoutesFactory.create(
              gate,
              upstreams.client(),
              threads,
              new AgentRoutesFactory.Options(
                  credentials.keys(),
                  HoldTimes.of(
                      config.get(ApprovalSettings.APPROVAL_ASYNC),
                      Duration.ofSeconds(config.get(ApprovalSettings.APPROVAL_HOLD_S))),
                  config.get(HttpSettings.MCP_DENIALS) == Choices.Denials.RESULT,
                  config.get(UpstreamSettings.MCP_METHODS, MethodRules.NONE),
                  upstreams.names(),
                  pinned,
                  maxBody,
                  Duration.ofMillis(
                      upstreams.timeoutMs(config.get(UpstreamSettings.UPSTREAM_TIMEOUT_MS))),
                  Version.text(),
                  storage.openCalls(),
                  exchange,
                  consentLinks(config, credentials)));
      FrontHandler front =
          new FrontHandler(
              agents,
              Origins.withPublic(
                  config.get(HttpSettings.ALLOWED_ORIGINS, List.of()),
                  config.find(ApprovalSettings.PUBLIC_URL)),
              config.get(HttpSettings.ADDR).isLoopback(),
              new OpenFeatures(
                  credentials.hasOperators(),
                  config.get(AuditSettings.AUDIT_PERSIST),
                  policies != null,
                  gate.approvals() != null,
                  metrics != null,
                  config.find(ApprovalSettings.PUBLIC_URL) != null,
                  exchange != null,
                  pinned.pins() != null),
              operators);
      ListenAddress address = config.get(HttpSettings.ADDR);
      Javalin javalin =
          HttpFront.create(
              address,
              Math.toIntExact(config.get(HttpSettings.MAX_CONNECTIONS)),
              threads,
              front,
              new TrustedProxies(config.get(HttpSettings.TRUSTED_PROXIES, List.of())),
              metrics,
              c -> {
                admin.bind(c);
                new HealthRoutes(gate, storage::feedHealth, storage::budgetsAnswer, Version.text())
                    .bind(c);
                new OpenApiRoute().bind(c);
                if (metrics != null) {
                  GateGauges.register(metrics.registry(), gate, storage);
                  new MetricsRoute(metrics.registry()).bind(c);
                }
                consent(config, credentials, gate, c);
                if (exchange != null) {
                  new MetadataRoute(exchange.resource()).bind(c);
                }
              });
      HttpFront.listen(javalin, address);
      GateTimer timer = new GateTimer(admin, agents);
      GateServer server =
          new GateServer(
              new Parts(
                  javalin,
                  threads,
                  operators,
                  gate,
                  storage,
                  upstreams,
                  timer,
                  admin,
                  agents,
                  policies,
                  checkpoints,
                  configured,
                  oauth));
      StartLine.log(config, credentials, gate, server.port(), upstreams.client() != null);
      return server;
    } catch (RuntimeException e) {
      operators.close();
      if (policies != null) {
        policies.close();
      }
      if (checkpoints != null) {
        checkpoints.close();
      }
      upstreams.close();
      stop(threads);
      if (oauth != null) {
        oauth.close();
      }
      throw e;
    }
  }

  private static void consent(
      Config config, Credentials credentials, IntentGate gate, JavalinConfig javalin) {
    ConsentLinks links = consentLinks(config, credentials);
    ApprovalActions approvals = gate.approvalActions();
    if (links != null && approvals != null) {
      new ConsentRoutes(approvals, links).bind(javalin);
    }
  }

  private static @Nullable ConsentLinks consentLinks(Config config, Credentials credentials) {
    URI url = config.find(ApprovalSettings.PUBLIC_URL);
    return url == null ? null : new ConsentLinks(credentials.keys(), url);
  }

  /** The port it listens on. */
  public int port() {
    return parts.javalin.port();
  }

  /** The gate behind it. */
  public IntentGate gate() {
    return parts.gate;
  }

  /** Records what was not recorded one by one, for tests. */
  void recordSummaries() {
    parts.agents.recordSummaries(true);
  }

  /**
   * Takes no more requests, lets those that are here end (15 seconds at the most), makes their
   * events durable, and lets go. Asked again it waits for the first time to end, and does nothing.
   *
   * @throws RuntimeException the first failure of a step; the steps after it were taken all the
   *     same
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    InOrder.run(
        parts.timer::close,
        parts.gate::handBackHeldCalls,
        parts.admin::endStreams,
        parts.agents::endStreams,
        this::stopListening,
        parts.operators::close,
        parts.upstreams::close,
        () -> stop(parts.threads),
        () -> close(parts.oauth),
        () -> parts.admin.recordSummaries(true),
        () -> parts.agents.recordSummaries(true),
        () -> close(parts.policies),
        parts.checkpoints::close,
        parts.gate::close,
        parts.storage::closeState,
        () -> close(parts.configured));
  }

  private static void close(@Nullable OAuth oauth) {
    if (oauth != null) {
      oauth.close();
    }
  }

  private static void close(@Nullable PolicyService policies) {
    if (policies != null) {
      policies.close();
    }
  }

  /** What listens; for tests. */
  Server listening() {
    return parts.javalin.jettyServer().server();
  }

  /** What has not ended by then is cut off; that must not keep the rest from ending in order. */
  private void stopListening() {
    try {
      parts.javalin.stop();
    } catch (JavalinException e) {
      LOG.warn("requests that had not ended when the gate stopped were cut off: {}", e.toString());
    }
  }

  /** Jetty does not stop a pool that ran before it, and threads that go on keep the JVM. */
  private static void stop(QueuedThreadPool threads) {
    try {
      threads.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the thread pool does not stop", e);
    }
  }

  /** A policy that is asked for elsewhere holds connections. */
  private static void close(PolicyEngine policy) {
    if (policy instanceof OpaPolicyEngine opa) {
      opa.close();
    }
  }
}
