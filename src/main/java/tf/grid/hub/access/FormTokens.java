package tf.grid.hub.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import tf.grid.hub.access.AccessException.StaleFormException;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.bean.SingletonBean;

/**
 * Protects streamed website forms, which Faces cannot check, against cross-site requests: they must
 * contain a token that only pages of the visitor's session have.
 *
 * <p>Without authentication there are no sessions, and a session created for the form would prove
 * nothing, because anyone who can reach the hub could get one. Then only {@link
 * AccessControl#refuseForeign} rejects cross-site requests. Thread-safe.
 */
@SingletonBean
public class FormTokens {

  /** The name of the first field of the form. */
  public static final String FIELD = "form-token";

  /** The header in which scripts send the token. */
  public static final String HEADER = "X-Form-Token";

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final WebSessions sessions;

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public FormTokens(HttpServletRequest request, AccessPolicy policy, WebSessions sessions) {
    this.request = request;
    this.policy = policy;
    this.sessions = sessions;
  }

  /** Returns whether forms need a token. */
  public boolean needed() {
    return !policy.open();
  }

  /** The token of the current session; empty if nobody is signed in. */
  public String current() {
    return needed() ? sessions.formToken(request).orElse("") : "";
  }

  /**
   * Checks the token of a form in constant time, if forms need one.
   *
   * @param sent the token in the form; empty if it has none
   * @throws StaleFormException if it is not the token of this session
   */
  public void check(String sent) {
    String expected = current();
    boolean same = MessageDigest.isEqual(expected.getBytes(UTF_8), sent.getBytes(UTF_8));
    if (needed() && (expected.isEmpty() || !same)) {
      throw new StaleFormException();
    }
  }
}
