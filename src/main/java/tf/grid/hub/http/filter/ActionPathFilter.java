package tf.grid.hub.http.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves URLs with two meanings: {@code POST} calls the action of that name, all other methods
 * access the flist of that name. JAX-RS would match the literal path for every method, so other
 * methods are forwarded to the flist's full name, which is not an action.
 */
@Provider
@Priority(ActionPathFilter.BEFORE_PREFLIGHT)
@PreMatching
public final class ActionPathFilter implements ContainerRequestFilter, ContainerResponseFilter {

  /**
   * Response filters run in descending priority; {@link PreflightFilter} must see the methods added
   * here.
   */
  static final int BEFORE_PREFLIGHT = Priorities.USER + 1;

  private static final Pattern WORD =
      Pattern.compile(
          "(.*/flist/me/(?:upload|upload-flist|docker|image|merge))(/(?:light|metadata|taglink))?/?");

  @Override
  public void filter(ContainerRequestContext request) {
    URI asked = request.getUriInfo().getRequestUri();
    Matcher word = WORD.matcher(asked.getRawPath());
    if (!isAction(request, word)) {
      String view = word.group(2) == null ? "" : word.group(2);
      String path = word.group(1) + ".flist" + view;
      request.setRequestUri(UriBuilder.fromUri(asked).replacePath(path).build());
    }
  }

  private static boolean isAction(ContainerRequestContext request, Matcher word) {
    if (!word.matches()) {
      return true;
    }
    boolean belowWord = word.group(2) != null;
    return switch (request.getMethod()) {
      case "POST", "OPTIONS" -> true;
      case "PUT" -> belowWord;
      default -> false;
    };
  }

  /** Adds the methods of the flist to those of the action. */
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String action = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals("OPTIONS")
        && action != null
        && WORD.matcher(request.getUriInfo().getRequestUri().getRawPath()).matches()) {
      response.getHeaders().putSingle(HttpHeaders.ALLOW, action + ",GET,HEAD,PUT,DELETE");
    }
  }
}
