package app.intentgate.server.http;

import app.intentgate.server.config.AddressRange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern WITH_PORT =
      Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*):([0-9]{1,5})");

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
    Matcher ported = WITH_PORT.matcher(text);
    String host = ported.matches() ? ported.group(1) : text;
    int port = ported.matches() ? Integer.parseInt(ported.group(2)) : 0;
    if (host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0) {
      host = host.substring(1, host.length() - 1);
    }
    InetAddress address = AddressRange.literal(host);
    return address == null || port > 65_535 ? null : new InetSocketAddress(address, port);
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
