package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that nobody expected: the log has the whole story, the client a number to quote.
 * Stateless.
 */
@Provider
public final class UncaughtMapper implements ExceptionMapper<Throwable> {

  private static final System.Logger LOG = System.getLogger(UncaughtMapper.class.getName());

  @Override
  public Response toResponse(Throwable failure) {
    return ErrorAnswer.answer(500, logged(failure));
  }

  /** Writes a failure to the log; what people are told instead of it. */
  public static String logged(Throwable failure) {
    String incident = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
    LOG.log(Level.ERROR, "request failed, incident " + incident, failure);
    return "internal error, the log has it as " + incident;
  }
}
