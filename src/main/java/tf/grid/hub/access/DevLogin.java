package tf.grid.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;

/**
 * Issues tokens for any user name, on trial hubs that are reachable only from their own machine.
 * Immutable.
 *
 * @param enabled whether the operator enabled this
 * @param tokens issues the tokens
 */
public record DevLogin(boolean enabled, Tokens tokens) {

  /** Why others are refused. */
  public static final String LOCAL_ONLY =
      "hub.auth.dev-login signs in users of the hub's own machine only";

  /** Headers that a proxy adds to the requests of others. */
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  /**
   * Whether a request comes from the hub's own machine. The configuration cannot tell: a server may
   * listen on other addresses than the hub was told.
   */
  public boolean allows(HttpServletRequest request) {
    return enabled
        && isLoopback(request.getRemoteAddr())
        && isLoopback(request.getLocalAddr())
        && FORWARDED.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /**
   * Whether an address is a loopback address.
   *
   * @param address of a connection, never a name that would have to be resolved
   */
  private static boolean isLoopback(String address) {
    if (address == null || address.isEmpty()) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  public IssuedToken token(AccountName name) {
    return tokens.issue(TokenRequest.full(name, Set.of(), "trial", tokens.longestLife()));
  }
}
