package tf.grid.hub.account.issuer;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** A resource that asks the server, not the hub, who may use it and who the caller is. */
@ApplicationScoped
@Path("probe")
@Produces(MediaType.APPLICATION_JSON)
public class RolesProbe {

  private final JsonWebToken token;

  /** For the container's proxy. */
  protected RolesProbe() {
    this(null);
  }

  /**
   * Takes the caller.
   *
   * @param token stands for that of the current request
   */
  @Inject
  public RolesProbe(JsonWebToken token) {
    this.token = token;
  }

  /** What the token says, for anybody. */
  @GET
  public JsonObject anyone() {
    return Json.createObjectBuilder()
        .add("name", String.valueOf(token.getName()))
        .add("sub", String.valueOf(token.getSubject()))
        .add("upn", String.valueOf(token.<String>getClaim("upn")))
        .add("jti", String.valueOf(token.getTokenID()))
        .add(
            "groups",
            Json.createArrayBuilder(Optional.ofNullable(token.getGroups()).orElseGet(Set::of)))
        .build();
  }

  /** For everyone who is signed in. */
  @GET
  @Path("users")
  @RolesAllowed("user")
  public JsonObject users() {
    return anyone();
  }

  /** For one group of the issuer. */
  @GET
  @Path("operators")
  @RolesAllowed("operators")
  public JsonObject operators() {
    return anyone();
  }
}
