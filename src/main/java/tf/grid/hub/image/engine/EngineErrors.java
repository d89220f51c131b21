package tf.grid.hub.image.engine;

import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.EngineUnavailableException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.PullRateLimitException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.PullException.UnsupportedImageException;

/** Converts errors of engines, which vary, to our own messages. */
final class EngineErrors {

  private EngineErrors() {}

  /** Calls the engine and converts its exceptions. */
  static <T> T translated(String image, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw of(image, e);
    }
  }

  /** Converts an exception of a call. */
  static IOException of(String image, Throwable failure) {
    if (Thread.currentThread().isInterrupted()) {
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(failure);
      return interrupted;
    }
    if (failure instanceof DockerException) {
      return ofText(image, String.valueOf(failure.getMessage()));
    }
    return new EngineUnavailableException(
        "there is no container engine at hub.docker.host, or it does not answer", failure);
  }

  /** Converts the message of a failed pull; engines provide no error codes for it. */
  static PullException ofText(String image, String text) {
    String said = text.toLowerCase(Locale.ROOT);
    if (hasOne(said, "toomanyrequests", "too many requests", "429")) {
      return new PullRateLimitException(
          "the registry grants the engine no more pulls for now: try again later",
          Optional.empty());
    }
    if (hasOne(said, "no matching manifest", "no image found in", "specified platform")) {
      return new UnsupportedImageException("the image " + image + " is not for this platform");
    }
    if (hasOne(said, "unauthorized", "denied", "authentication", "basic auth", "forbidden")) {
      return new RegistryAccessDeniedException(
          "the image " + image + " does not exist, or needs credentials or others than these");
    }
    if (hasOne(said, "manifest unknown", "not found", "name unknown", "no such image")) {
      return new ImageNotFoundException("the registry does not have the image " + image);
    }
    return new SourceUnreachableException("the container engine could not pull the image " + image);
  }

  private static boolean hasOne(String text, String... parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
