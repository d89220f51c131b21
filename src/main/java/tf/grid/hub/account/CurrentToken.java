package tf.grid.hub.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Makes the caller of the current request injectable as {@link JsonWebToken}. */
@ApplicationScoped
public class CurrentToken {

  @Produces
  @RequestScoped
  JsonWebToken token(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof Caller caller ? caller : ANONYMOUS;
  }

  private static final JsonWebToken ANONYMOUS =
      new JsonWebToken() {
        @Override
        public String getName() {
          return null;
        }

        @Override
        public Set<String> getClaimNames() {
          return Set.of();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // declared like this in the interface
        public <T> T getClaim(String name) {
          return null;
        }
      };
}
