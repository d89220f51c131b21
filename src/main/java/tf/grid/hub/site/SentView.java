package tf.grid.hub.site;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import tf.grid.hub.access.FormTokens;

/** What forms of pages contain besides their fields. */
@Named("sent")
@RequestScoped
public class SentView {

  private final HttpServletRequest request;
  private final FormTokens tokens;

  protected SentView() {
    this(null, null);
  }

  @Inject
  public SentView(HttpServletRequest request, FormTokens tokens) {
    this.request = request;
    this.tokens = tokens;
  }

  /** The form token; empty if nobody is signed in or no token is needed. */
  public String getToken() {
    return request.getUserPrincipal() == null ? "" : tokens.current();
  }
}
