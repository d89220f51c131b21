package tf.grid.hub.access.token;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.Lockout;
import tf.grid.hub.access.token.TokensResource.RevokedTokens;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.error.ErrorAnswer;

/** The tokens of any account, for administrators. */
@SingletonBean
@Path("admin/accounts/{account}/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class AccountTokensResource {
  private final AccessControl access;
  private final Lockout lockout;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public AccountTokensResource() {
    this(null, null);
  }

  @Inject
  public AccountTokensResource(AccessControl access, Lockout lockout) {
    this.access = access;
    this.lockout = lockout;
  }

  /** Revokes all tokens of an account and ends its browser sessions. */
  @DELETE
  @Audited("revoke-tokens")
  public Response revokeAll(@PathParam("account") String account) {
    access.toOperate();
    return AccountName.isValid(account)
        ? Response.ok(Answer.of(new RevokedTokens(lockout.of(new AccountName(account))))).build()
        : ErrorAnswer.answer(400, "this is not a valid account name");
  }
}
