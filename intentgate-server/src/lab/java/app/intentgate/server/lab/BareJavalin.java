package app.intentgate.server.lab;

import io.javalin.Javalin;

/** The yardstick of the start: a Javalin application with one route. */
final class BareJavalin {
  private BareJavalin() {}

  static void serve(int port) {
    var unused =
        Javalin.create(
                c -> {
                  c.startup.showJavalinBanner = false;
                  c.jetty.host = "127.0.0.1";
                  c.routes.post(
                      "/v1/mcp", call -> call.result("{\"body\":" + call.body().length() + "}"));
                })
            .start(port);
  }
}
