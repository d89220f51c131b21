package tf.grid.hub.access.token;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessException.InsufficientScopeException;
import tf.grid.hub.access.DevLogin;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenRecord;
import tf.grid.hub.account.token.TokenRequest;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.Tokens.TooManyTokensException;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.body.SmallBodies.Sender;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.http.form.TextFields;

/**
 * Creates, lists and revokes tokens of the caller. On trial hubs, a request without a token gets
 * one for any user name.
 */
@SingletonBean
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokensResource {

  private static final int MAX_BODY_BYTES = 16_384;
  private static final Set<String> FIELDS = Set.of("user", "label", "scope", "repository", "ttl");

  private final AccessControl access;
  private final Tokens tokens;
  private final DevLogin trial;
  private final SmallBodies bodies;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public TokensResource() {
    this(null, null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public TokensResource(
      AccessControl access,
      Tokens tokens,
      DevLogin trial,
      SmallBodies bodies,
      HttpServletRequest request) {
    this.access = access;
    this.tokens = tokens;
    this.trial = trial;
    this.bodies = bodies;
    this.request = request;
  }

  /**
   * A new token; its text is shown only once.
   *
   * @param username the user
   * @param id used to revoke the token
   * @param token the text to send as {@code Authorization: bearer}
   * @param expires expiry in Unix seconds
   */
  public record NewToken(String username, String id, String token, long expires) {}

  /**
   * A token in the list; times are in Unix seconds.
   *
   * @param id used to revoke the token
   * @param label chosen by the user
   * @param scope scopes separated by spaces
   * @param repository the only account that the token is valid for, or null
   * @param issued when the token was created
   * @param expires when the token expires
   * @param used last use, to the hour, or null
   * @param current whether this request uses the token
   */
  public record ListedToken(
      String id,
      String label,
      String scope,
      String repository,
      long issued,
      long expires,
      Long used,
      boolean current) {}

  /**
   * The result of revoking all tokens of an account.
   *
   * @param revoked number of tokens that were valid before
   */
  public record RevokedTokens(int revoked) {}

  /** Lists the caller's tokens, newest first. */
  @GET
  public Answer<List<ListedToken>> list() {
    Caller caller = access.toAdminister();
    return Answer.of(
        tokens.of(caller.account()).stream().map(token -> listed(token, caller)).toList());
  }

  private static ListedToken listed(TokenRecord token, Caller caller) {
    return new ListedToken(
        token.id(),
        token.label(),
        Scope.format(token.scopes()),
        token.repository().map(AccountName::value).orElse(null),
        token.issued().getEpochSecond(),
        token.expires().getEpochSecond(),
        token.used().map(hour -> hour.getEpochSecond()).orElse(null),
        token.id().equals(caller.getTokenID()));
  }

  /** Revokes a token of the caller. Any token can revoke itself, whatever its scopes. */
  @DELETE
  @Audited("revoke-token")
  @Path("{id: [0-9a-f-]{36}}")
  public Response revoke(@PathParam("id") String id) {
    Caller caller = access.caller();
    if (!id.equals(caller.getTokenID())) {
      access.toAdminister();
    }
    return tokens.revoke(caller.account(), id)
        ? Response.ok(Answer.success()).build()
        : ErrorAnswer.answer(404, "no such token");
  }

  /** Revokes all tokens of the caller, including that of the request. */
  @DELETE
  @Audited("revoke-tokens")
  public Answer<RevokedTokens> revokeAll() {
    return Answer.of(new RevokedTokens(tokens.revokeAll(access.toAdminister().account())));
  }

  /** Creates a token. The body is a form, or a JSON object with the same fields. */
  @POST
  @Audited("make-token")
  @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.APPLICATION_JSON})
  public Response make(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body)
      throws IOException {
    try {
      return access.isAnonymous() && trial.enabled()
          ? trial(contentType, body)
          : made(contentType, body);
    } catch (NewTokenForm.Malformed e) {
      return ErrorAnswer.answer(400, e.getMessage());
    } catch (TooManyTokensException e) {
      return ErrorAnswer.answer(409, e.getMessage());
    }
  }

  private Response trial(String contentType, InputStream body)
      throws IOException, NewTokenForm.Malformed {
    if (!trial.allows(request)) {
      return ErrorAnswer.answer(403, DevLogin.LOCAL_ONLY);
    }
    access.refuseForeign();
    String user = fields(Sender.ANONYMOUS, contentType, body).get("user");
    if (user == null || !AccountName.isValid(user)) {
      throw new NewTokenForm.Malformed("field user must be a user name");
    }
    return answer(trial.token(new AccountName(user)));
  }

  private Response made(String contentType, InputStream body)
      throws IOException, NewTokenForm.Malformed {
    Caller caller = access.toAdminister();
    Map<String, String> fields = fields(access.sender(), contentType, body);
    NewTokenForm form =
        new NewTokenForm(
            fields.get("label"), fields.get("scope"), fields.get("repository"), fields.get("ttl"));
    TokenRequest wanted = form.request(caller, tokens.longestLife());
    for (Scope scope : wanted.scopes()) {
      if (!caller.may(scope)) {
        throw new InsufficientScopeException(scope);
      }
    }
    if (!wanted.repository().map(name -> access.mayActFor(name, caller)).orElse(true)) {
      return ErrorAnswer.answer(403, "you may not act for this repository");
    }
    return answer(tokens.issue(wanted));
  }

  private Map<String, String> fields(Sender sender, String contentType, InputStream body)
      throws IOException {
    return bodies.read(
        sender, body, MAX_BODY_BYTES, bounded -> TextFields.read(contentType, bounded, FIELDS));
  }

  private Response answer(IssuedToken made) {
    String owner = made.claims().owner().value();
    AuditNotes notes = AuditNotes.of(request);
    notes.concerns("user", owner);
    notes.concerns("made", made.claims().id());
    return Response.ok(
            Answer.of(
                new NewToken(
                    owner,
                    made.claims().id(),
                    made.text(),
                    made.claims().expires().getEpochSecond())))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
