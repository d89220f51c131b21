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
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.http.form.UrlEncodedForm;

/**
 * Reads the forms of pages. Faces treats any request with a certain parameter as a form, whatever
 * its method. This class takes form parameters only from the body, never from the URL, because
 * attackers can make a visitor follow a link. Thread-safe.
 */
@SingletonBean
public class PageForm {

  /** Maximum size of a form in bytes: its state has a few thousand, its fields a few hundred. */
  private static final long LONGEST = 256 << 10;

  private static final String TYPE = "application/x-www-form-urlencoded";

  /** Prefix of the parameters of Faces itself. */
  private static final String OF_FACES = "jakarta.faces.";

  private final AccessControl access;
  private final SmallBodies bodies;

  @Inject
  public PageForm(AccessControl access, SmallBodies bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  /** Whether the parameters in a URL would make Faces treat the request as a form. */
  static boolean isIn(Map<String, String[]> address) {
    return address.keySet().stream().anyMatch(name -> name.startsWith(OF_FACES));
  }

  /**
   * Returns a request with the parameters of its URL and of the form in its body, if it has one.
   * Parameters in the URL that could be form fields are removed.
   *
   * @throws IOException if the body is malformed, too long or too slow, or there are too many
   */
  HttpServletRequest read(HttpServletRequest request) throws IOException {
    Map<String, String[]> parameters = new HashMap<>(request.getParameterMap());
    parameters.keySet().removeIf(PageForm::mayBeField);
    body(request)
        .forEach((name, values) -> parameters.putIfAbsent(name, values.toArray(String[]::new)));
    return new ParameterizedRequest(request, parameters);
  }

  /** Whether the parsed request contains the state of a form. */
  static boolean hasState(HttpServletRequest read) {
    return read.getParameter(ResponseStateManager.VIEW_STATE_PARAM) != null;
  }

  /**
   * Names with a colon belong to fields and buttons, and one proves where a form is from. If they
   * were taken from a URL, a link could add them to any form of the page and press its buttons.
   */
  private static boolean mayBeField(String name) {
    return name.indexOf(':') >= 0 || name.startsWith(OF_FACES) || name.equals(FormTokens.FIELD);
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
