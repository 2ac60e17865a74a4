package app.intentgate.server.admin;

import io.javalin.http.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One request of an operator without a server: what it brings, and what it was answered. */
final class FakeCall {
  final Map<String, String> headers = new HashMap<>();
  final Map<String, String> query = new HashMap<>();
  final Map<String, String> answered = new HashMap<>();
  int status = 200;
  String result = "";
  private final String body;

  FakeCall(String body) {
    this.body = body;
  }

  FakeCall header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  FakeCall query(String name, String value) {
    query.put(name, value);
    return this;
  }

  AdminCall by(Principal principal) {
    return by(principal, () -> true);
  }

  AdminCall by(Principal principal, BooleanSupplier signedIn) {
    return new AdminCall(context(), principal, signedIn);
  }

  private Context context() {
    Object[] self = new Object[1];
    self[0] =
        Proxy.newProxyInstance(
            FakeCall.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "header" -> {
                    if (arguments.length == 1) {
                      yield headers.get((String) arguments[0]);
                    }
                    answered.put((String) arguments[0], (String) arguments[1]);
                    yield proxy;
                  }
                  case "queryParam" -> query.get((String) arguments[0]);
                  case "status" -> {
                    status = (int) arguments[0];
                    yield proxy;
                  }
                  case "statusCode" -> status;
                  case "contentType" -> proxy;
                  case "result" -> {
                    result = new String((byte[]) arguments[0], StandardCharsets.UTF_8);
                    yield proxy;
                  }
                  case "req" -> request();
                  default -> throw new UnsupportedOperationException(method.toString());
                });
    return (Context) self[0];
  }

  private HttpServletRequest request() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeCall.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getInputStream" -> stream();
                  case "getRemoteAddr" -> "2001:db8::1";
                  case "getRemotePort" -> 7;
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  private ServletInputStream stream() {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    return new ServletInputStream() {
      @Override
      public int read() {
        return bytes.read();
      }

      @Override
      public boolean isFinished() {
        return bytes.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {}
    };
  }
}
