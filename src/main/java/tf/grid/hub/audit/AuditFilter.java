package tf.grid.hub.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.http.proxy.ClientAddress;

/**
 * Logs requests to a resource method when their response is known, even if the client has
 * disconnected. Headers, query strings and bodies are not logged. Thread-safe.
 */
final class AuditFilter implements ContainerRequestFilter, ContainerResponseFilter {

  private static final String BEGUN = AuditFilter.class.getName();

  private final String action;
  private final AuditLog log;
  private final ClientAddress address;
  private final HttpServletRequest servletRequest;
  private final Clock clock;

  /**
   * @param servletRequest a proxy for the current request
   */
  AuditFilter(
      String action,
      AuditLog log,
      ClientAddress address,
      HttpServletRequest servletRequest,
      Clock clock) {
    this.action = action;
    this.log = log;
    this.address = address;
    this.servletRequest = servletRequest;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(BEGUN, clock.instant());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    AuditNotes notes = AuditNotes.of(servletRequest);
    Principal user = servletRequest.getUserPrincipal();
    Map<String, String> names = new LinkedHashMap<>();
    request.getUriInfo().getPathParameters().forEach((what, name) -> names.put(what, name.get(0)));
    names.putAll(notes.names());
    log.record(
        new AuditEntry(
            action,
            Optional.ofNullable(user).map(Principal::getName),
            notes.account(),
            names,
            Optional.ofNullable(address.of(servletRequest)),
            user instanceof JsonWebToken token
                ? Optional.ofNullable(token.getTokenID())
                : Optional.empty(),
            response.getStatus(),
            response.getEntity() instanceof ErrorAnswer failure
                ? Optional.of(failure.message())
                : Optional.empty(),
            request.getProperty(BEGUN) instanceof Instant begun
                ? Optional.of(Duration.between(begun, clock.instant()))
                : Optional.empty()));
  }
}
