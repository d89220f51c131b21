package tf.grid.hub.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import tf.grid.hub.access.AccessException.StaleFormException;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.bean.SingletonBean;

/**
 * Knows the forms of the site's pages that are read while they arrive, which Faces cannot know: by
 * a text that only pages of the visitor's session have.
 *
 * <p>Without authentication nobody has a session, and one made for the form would prove nothing:
 * whoever can reach such a hub can have one. There only {@link AccessControl#refuseForeign} keeps
 * other sites out. Safe for any number of threads.
 */
@SingletonBean
public class FormTokens {

  /** The name of the form's first field. */
  public static final String FIELD = "form-token";

  /** The header by which scripts send the same. */
  public static final String HEADER = "X-Form-Token";

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final WebSessions sessions;

  /**
   * Takes where sessions are.
   *
   * @param request stands for the current one of the thread that asks
   */
  @Inject
  public FormTokens(HttpServletRequest request, AccessPolicy policy, WebSessions sessions) {
    this.request = request;
    this.policy = policy;
    this.sessions = sessions;
  }

  /** Whether forms have to prove where they are from. */
  public boolean needed() {
    return !policy.open();
  }

  /** What a form of this session has; empty where nobody is signed in. */
  public String current() {
    return needed() ? sessions.formToken(request).orElse("") : "";
  }

  /**
   * Refuses a form that is not of this session, where forms have to be; in constant time.
   *
   * @param sent what the form has, empty for nothing
   * @throws StaleFormException when that is not what it should be
   */
  public void check(String sent) {
    String expected = current();
    boolean same = MessageDigest.isEqual(expected.getBytes(UTF_8), sent.getBytes(UTF_8));
    if (needed() && (expected.isEmpty() || !same)) {
      throw new StaleFormException();
    }
  }
}
