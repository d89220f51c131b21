package tf.grid.hub.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.Failure;

/** Gives out tokens. On hubs that are not for trials this address does not exist. */
@ApplicationScoped
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {

  private final Access access;
  private final TrialSignIn trial;

  /** For the container's proxy. */
  protected TokensResource() {
    this(null, null);
  }

  /** Takes who decides and who signs in. */
  @Inject
  public TokensResource(Access access, TrialSignIn trial) {
    this.access = access;
    this.trial = trial;
  }

  /**
   * A token, shown this once.
   *
   * @param username whom it stands for
   * @param token what to send as {@code Authorization: bearer}
   * @param expires Unix seconds from which on it is refused
   */
  public record NewToken(String username, String token, long expires) {}

  /** From a form with the field {@code user}. */
  @POST
  @Audited("make-token")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response fromForm(@FormParam("user") String user) {
    return answer(user);
  }

  /** From a JSON object with the field {@code user}. */
  @POST
  @Audited("make-token")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response fromJson(JsonObject body) {
    return answer(body == null ? null : body.getString("user", null));
  }

  private Response answer(String user) {
    if (!trial.enabled()) {
      return Failure.answer(404, "not found");
    }
    access.refuseForeign();
    if (user == null || !AccountName.isValid(user)) {
      return Failure.answer(400, "field user must be a user name");
    }
    IssuedToken made = trial.token(new AccountName(user));
    return Response.ok(
            Answer.of(new NewToken(user, made.text(), made.claims().expires().getEpochSecond())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
