package tf.grid.hub.image.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.net.HttpReply;
import tf.grid.hub.image.net.Origin;
import tf.grid.hub.image.net.RedirectingHttp;

/** Asks one registry about one repository. Thread-safe. */
final class RegistrySession {

  private final RedirectingHttp http;
  private final URI base;
  private final Origin registry;
  private final RegistryAuthorization authorization;
  private final RetryPolicy retryPolicy;

  /**
   * Begins to ask; nothing is sent yet.
   *
   * @param base the address of the repository, with a slash at its end
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

  /** Who is asked. */
  Origin registry() {
    return registry;
  }

  /** How often a failure is forgiven. */
  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /**
   * Asks until there is an answer.
   *
   * @param path below the repository
   * @param what it is, for messages
   * @return a success or an answer that a range is not there; to be closed
   */
  HttpReply get(String path, Map<String, String> headers, String what) throws IOException {
    return retryPolicy.until(() -> once(path, headers, what));
  }

  /** Asks once, and with other credentials if the registry wants that. */
  HttpReply once(String path, Map<String, String> headers, String what) throws IOException {
    return ask(path, headers, what).reply();
  }

  private RedirectingHttp.End ask(String path, Map<String, String> headers, String what)
      throws IOException {
    URI url = base.resolve(path);
    Optional<String> sent = authorization.header();
    RedirectingHttp.End end = http.get(url, headers, sent);
    if (end.reply().status() == 401) {
      refuseStranger(end, what);
      try (HttpReply refusal = end.reply()) {
        if (!authorization.renew(sent, refusal)) {
          throw RegistryErrors.of(refusal, what, registry, authorization.isNamed());
        }
      }
      end = http.get(url, headers, authorization.header());
    }
    return answer(end, what);
  }

  /** Who we were redirected to is not told who asks. */
  private void refuseStranger(RedirectingHttp.End end, String what) throws IOException {
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

  /** Reads an answer that fits into memory. */
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
