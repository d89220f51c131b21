package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.time.Duration;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * A chunk store that failed. The operator finds the details in the log; the client learns whether
 * another try is worth it, and no addresses. Stateless.
 */
@Provider
public final class StoreMapper implements ExceptionMapper<StoreException> {

  private static final System.Logger LOG = System.getLogger(StoreMapper.class.getName());
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public Response toResponse(StoreException failure) {
    LOG.log(Level.WARNING, "chunk store: {0}", failure.getMessage());
    String message = message(failure);
    return failure instanceof StoreUnreachableException
        ? ErrorAnswer.answerLater(503, message, PAUSE)
        : ErrorAnswer.answer(
            failure instanceof StoreFullException ? INSUFFICIENT_STORAGE : 500, message);
  }

  /** What people are told of it. */
  public static String message(StoreException failure) {
    if (failure instanceof StoreUnreachableException) {
      return "the chunk store does not answer at the moment, try again later";
    }
    if (failure instanceof StoreFullException) {
      return "the chunk store is full";
    }
    return failure instanceof StoreAccessDeniedException
        ? "the chunk store refuses this hub, tell its operator"
        : "the chunk store is damaged, tell the operator of this hub";
  }
}
