package tf.grid.hub.exchange;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import tf.grid.hub.http.ErrorAnswer;

/** What clients are told of requests about chunks that cannot be granted. Stateless. */
@Provider
public final class ChunkMapper implements ExceptionMapper<ChunkRequestException> {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Override
  public Response toResponse(ChunkRequestException refusal) {
    return switch (refusal.reason()) {
      case MALFORMED -> ErrorAnswer.answer(400, refusal.getMessage());
      case ABSENT -> ErrorAnswer.answer(404, refusal.getMessage());
      case BUSY -> ErrorAnswer.answerLater(429, refusal.getMessage(), PAUSE);
    };
  }
}
