package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.time.Duration;
import tf.grid.hub.store.StoreAccessDenied;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreFull;
import tf.grid.hub.store.StoreUnreachable;

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
    return failure instanceof StoreUnreachable
        ? Failure.answerLater(503, message, PAUSE)
        : Failure.answer(failure instanceof StoreFull ? INSUFFICIENT_STORAGE : 500, message);
  }

  /** What people are told of it. */
  public static String message(StoreException failure) {
    if (failure instanceof StoreUnreachable) {
      return "the chunk store does not answer at the moment, try again later";
    }
    if (failure instanceof StoreFull) {
      return "the chunk store is full";
    }
    return failure instanceof StoreAccessDenied
        ? "the chunk store refuses this hub, tell its operator"
        : "the chunk store is damaged, tell the operator of this hub";
  }
}
