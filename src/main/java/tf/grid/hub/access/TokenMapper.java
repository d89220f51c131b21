package tf.grid.hub.access;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.time.Duration;
import tf.grid.hub.account.token.TokenLedger.TokenLedgerException;
import tf.grid.hub.http.ErrorAnswer;

/** Tokens that cannot be kept: the operator learns why, the client that it may try again. */
@Provider
public final class TokenMapper implements ExceptionMapper<TokenLedgerException> {

  private static final System.Logger LOG = System.getLogger(TokenMapper.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(60);

  @Override
  public Response toResponse(TokenLedgerException failure) {
    LOG.log(Level.ERROR, "tokens: {0}", failure.getMessage());
    return ErrorAnswer.answerLater(
        503, "the hub cannot write down tokens at the moment, tell its operator", PAUSE);
  }
}
