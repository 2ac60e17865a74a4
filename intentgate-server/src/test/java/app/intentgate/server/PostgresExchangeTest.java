package app.intentgate.server;

import app.intentgate.server.exchange.Scenario;
import java.util.stream.Stream;

/** The recorded exchanges that are played on both databases, on PostgreSQL. */
class PostgresExchangeTest extends HttpExchangeTest {
  @Override
  Stream<Boolean> stores(Scenario scenario, boolean both) {
    return both ? Stream.of(true) : Stream.of();
  }
}
