package tf.grid.hub.site;

import jakarta.faces.render.ResponseStateManager;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.http.form.UrlEncodedForm;

/**
 * Reads the forms that pages send. Faces takes any request with a certain parameter for a form of
 * its own, whatever its method: what makes one comes from a body alone, never from an address,
 * which anybody can lure a visitor to. Threads share it.
 */
@SingletonBean
public class PageForm {

  /** Bytes of a form: its state has some thousands, its fields have some hundreds. */
  private static final long LONGEST = 256 << 10;

  private static final String TYPE = "application/x-www-form-urlencoded";

  /** What Faces itself understands is called so. */
  private static final String OF_FACES = "jakarta.faces.";

  private final AccessControl access;
  private final SmallBodies bodies;

  /** Takes who knows the senders, and what bounds them. */
  @Inject
  public PageForm(AccessControl access, SmallBodies bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  /** Whether an address would have Faces take a request for a form. */
  static boolean isIn(Map<String, String[]> address) {
    return address.keySet().stream().anyMatch(name -> name.startsWith(OF_FACES));
  }

  /**
   * A request with the parameters of its address and of the form in its body, if there is one. What
   * may be a field is left out of the address.
   *
   * @throws IOException when the body is malformed, too long, too slow, or one too many
   */
  HttpServletRequest read(HttpServletRequest request) throws IOException {
    Map<String, String[]> parameters = new HashMap<>(request.getParameterMap());
    parameters.keySet().removeIf(PageForm::mayBeField);
    body(request)
        .forEach((name, values) -> parameters.putIfAbsent(name, values.toArray(String[]::new)));
    return new ParameterizedRequest(request, parameters);
  }

  /** Whether a request that was read has the state that our pages put into their forms. */
  static boolean hasState(HttpServletRequest read) {
    return read.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
  }

  /**
   * Names with a colon are those of fields and buttons. Left in an address that somebody was lured
   * to, they would be sent with any form of the page, and press buttons of another.
   */
  private static boolean mayBeField(String name) {
    return name.indexOf(':') >= 0 || name.startsWith(OF_FACES);
  }

  private Map<String, List<String>> body(HttpServletRequest request) throws IOException {
    String type = request.getContentType();
    if (type == null || !type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE)) {
      return Map.of();
    }
    byte[] body =
        bodies.read(access.sender(), request.getInputStream(), LONGEST, InputStream::readAllBytes);
    return UrlEncodedForm.values(new String(body, StandardCharsets.UTF_8));
  }
}
