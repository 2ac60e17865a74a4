package app.intentgate.server.http;

import app.intentgate.server.config.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who called, where proxies that are trusted pass requests on: the last address of {@code
 * X-Forwarded-For} that is not one of theirs. What anybody else writes there is ignored.
 */
public final class TrustedProxies implements HttpConfiguration.Customizer {
  private final List<AddressRange> trusted;

  /** Trusts these. */
  public TrustedProxies(List<AddressRange> trusted) {
    this.trusted = trusted;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    SocketAddress peer = request.getConnectionMetaData().getRemoteSocketAddress();
    if (trusted.isEmpty() || !(peer instanceof InetSocketAddress from) || !trusts(from)) {
      return request;
    }
    InetSocketAddress caller = caller(request, from);
    return caller.equals(from) ? request : new Forwarded(request, caller);
  }

  private boolean trusts(InetSocketAddress address) {
    return trusted.stream().anyMatch(range -> range.contains(address.getAddress()));
  }

  /** Goes back from proxy to proxy, as far as each is trusted and says who it had it from. */
  private InetSocketAddress caller(Request request, InetSocketAddress peer) {
    List<String> hops = new ArrayList<>();
    for (String value : request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR)) {
      Collections.addAll(hops, value.split(",", -1));
    }
    InetSocketAddress found = peer;
    for (int i = hops.size() - 1; i >= 0 && trusts(found); i--) {
      InetSocketAddress before = address(hops.get(i).strip());
      if (before == null) {
        break;
      }
      found = before;
    }
    return found;
  }

  /** An address with or without a port: {@code 1.2.3.4}, {@code 1.2.3.4:5}, {@code [::1]:5}. */
  private static @Nullable InetSocketAddress address(String text) {
    String host = text;
    String port = "0";
    int bracket = text.indexOf(']');
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[") && bracket > 0) {
      host = text.substring(1, bracket);
      port = colon > bracket ? text.substring(colon + 1) : "0";
    } else if (colon > 0 && text.indexOf(':') == colon) {
      host = text.substring(0, colon);
      port = text.substring(colon + 1);
    }
    InetAddress address = AddressRange.literal(host);
    return address == null || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535
        ? null
        : new InetSocketAddress(address, Integer.parseInt(port));
  }

  private static final class Forwarded extends Request.Wrapper {
    private final ConnectionMetaData connection;

    Forwarded(Request request, InetSocketAddress caller) {
      super(request);
      this.connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return caller;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }
  }
}
