package tf.grid.hub.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes the client address from a proxy in front of the hub: the last address in {@code
 * X-Forwarded-For} was added by the proxy, those before it can be forged by clients. Use only if
 * the hub is not reachable except through the proxy.
 */
public final class ForwardedClientAddress implements ClientAddress {

  private static final String HEADER = "X-Forwarded-For";
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:\\[\\]]{2,64}");

  @Override
  public String of(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders(HEADER));
    if (!headers.isEmpty()) {
      String last = headers.get(headers.size() - 1);
      String address = last.substring(last.lastIndexOf(',') + 1).strip();
      if (ADDRESS.matcher(address).matches()) {
        return address;
      }
    }
    return request.getRemoteAddr();
  }
}
