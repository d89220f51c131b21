package tf.grid.hub.image.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Origin;
import tf.grid.hub.image.http.RedirectingHttp;

/** Sends requests about one repository to its registry. Thread-safe. */
final class RegistrySession {

  private final RedirectingHttp http;
  private final URI base;
  private final Origin registry;
  private final RegistryAuthorization authorization;
  private final RetryPolicy retryPolicy;

  /**
   * Creates a session; nothing is sent yet.
   *
   * @param base the URL of the repository, with a trailing slash
   */
  RegistrySession(
      RedirectingHttp http, URI base, RegistryAuthorization authorization, RetryPolicy retryPolicy)
      throws IOException {
    this.http = http;
    this.base = base;
    this.registry = Origin.of(base);
    this.authorization = authorization;
    this.retryPolicy = retryPolicy;
  }

  Origin registry() {
    return registry;
  }

  /** The policy for temporary failures. */
  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /**
   * Sends a request, with retries.
   *
   * @param path path below the repository
   * @param what is requested, for messages
   * @return a successful response, or 416 for a range; the caller closes it
   */
  HttpReply get(String path, Map<String, String> headers, String what) throws IOException {
    return retryPolicy.until(() -> once(path, headers, what));
  }

  /**
   * Sends a request without retries, except once more with other credentials if the registry
   * demands it.
   */
  HttpReply once(String path, Map<String, String> headers, String what) throws IOException {
    return ask(path, headers, what).reply();
  }

  private RedirectingHttp.End ask(String path, Map<String, String> headers, String what)
      throws IOException {
    URI url = base.resolve(path);
    Optional<String> sent = authorization.header();
    RedirectingHttp.End end = http.get(url, headers, sent);
    if (end.reply().status() == 401) {
      rejectForeignChallenge(end, what);
      try (HttpReply refusal = end.reply()) {
        if (!authorization.renew(sent, refusal)) {
          throw RegistryErrors.of(refusal, what, registry, authorization.isNamed());
        }
      }
      end = http.get(url, headers, authorization.header());
    }
    return answer(end, what);
  }

  /** A redirect target must not ask for credentials: they are never sent there. */
  private void rejectForeignChallenge(RedirectingHttp.End end, String what) throws IOException {
    if (!end.origin().equals(registry)) {
      end.reply().close();
      throw new RegistryAccessDeniedException(
          end.origin() + " refuses " + what + ", to which " + registry + " led");
    }
  }

  private RedirectingHttp.End answer(RedirectingHttp.End end, String what) throws IOException {
    HttpReply reply = end.reply();
    int status = reply.status();
    if (status == 200 || status == 206 || status == 416) {
      return end;
    }
    try (reply) {
      throw RegistryErrors.of(reply, what, end.origin(), authorization.isNamed());
    }
  }

  /** Requests a document of limited size. */
  byte[] document(String path, Map<String, String> headers, int most, String what)
      throws IOException {
    return retryPolicy.until(
        () -> {
          RedirectingHttp.End end = ask(path, headers, what);
          try (HttpReply reply = end.reply()) {
            if (reply.status() != 200) {
              throw new SourceUnreachableException(
                  registry + " answered " + reply.status() + " for " + what);
            }
            return DocumentReader.read(reply, end.origin(), most, what);
          }
        });
  }
}
