package tf.grid.hub.mirror.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.net.GuardedHttp;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;
import tf.grid.hub.mirror.source.SourceException.SourceForbiddenException;
import tf.grid.hub.mirror.source.SourceException.SourceGoneException;
import tf.grid.hub.mirror.source.SourceException.SourceUnreachableException;

/**
 * The public REST API of another hub, of this kind or the earlier one. Requests go only to its
 * address, without credentials; redirects are not followed. Requests are repeated a few times while
 * the hub is busy or the connection breaks. Thread-safe.
 */
public final class HubSource {
  /** About 90,000 entries. The JSON library reads no more. */
  private static final long MOST_LISTING_BYTES = 15_000_000;

  private static final long MOST_FLIST_BYTES = 4L << 30;
  private static final int MOST_CHUNK_BYTES = ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN);

  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_FOUND = 404;

  private final GuardedHttp http;
  private final URI base;
  private final Clock clock;
  private final Ticker ticker;

  /**
   * Reads a hub.
   *
   * @param http decides which addresses are allowed
   * @param base address of its website, without a slash at the end
   * @param clock tells the time if the hub does not
   */
  public HubSource(GuardedHttp http, URI base, Clock clock, Ticker ticker) {
    this.http = http;
    this.base = base;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The address of the hub. */
  public URI base() {
    return base;
  }

  /**
   * Asks for the repositories.
   *
   * @param known the entity tag of the last answer
   * @return the answer
   */
  public Answer<RemoteListing<RemoteRepository>> repositories(Optional<String> known)
      throws IOException {
    return listing(
        "the list of repositories", "/api/repositories", known, ListingReader::repository);
  }

  /**
   * Asks for the entries of a repository.
   *
   * @throws SourceGoneException if it does not exist
   */
  public RemoteListing<RemoteEntry> entries(RepositoryName repository) throws IOException {
    return listing(
            "the list of " + repository,
            "/api/flist/" + encoded(repository.value()),
            Optional.empty(),
            ListingReader::entry)
        .content()
        .orElseThrow(() -> new SourceDamagedException("304 for an unconditional request", null));
  }

  /**
   * Asks for the links in a tag.
   *
   * @throws SourceGoneException if it does not exist
   */
  public RemoteListing<RemoteEntry> entries(RepositoryName repository, TagName tag)
      throws IOException {
    return listing(
            "the list of " + repository + "/tags/" + tag,
            "/api/flist/" + encoded(repository.value()) + "/tags/" + encoded(tag.value()),
            Optional.empty(),
            ListingReader::entry)
        .content()
        .orElseThrow(() -> new SourceDamagedException("304 for an unconditional request", null));
  }

  /**
   * Downloads a flist.
   *
   * @param known the entity tag of the last download
   * @param reading reads the file; may be called again after a failure
   * @throws SourceGoneException if it does not exist
   */
  public <T> Answer<T> flist(
      RepositoryName repository, FlistName name, Optional<String> known, Reading<T> reading)
      throws IOException {
    String what = repository + "/" + name;
    String path = "/" + encoded(repository.value()) + "/" + encoded(name.stored());
    return exchange(what, path, known, MOST_FLIST_BYTES, reading);
  }

  /**
   * Downloads a chunk over the HTTP interface that hubs of this kind have.
   *
   * @return its bytes, which are not verified; empty if the hub does not have it, or no such
   *     interface
   */
  public Optional<byte[]> chunk(ChunkId id) throws IOException {
    try {
      return exchange(
              "chunk " + id,
              "/api/chunks/" + id,
              Optional.empty(),
              MOST_CHUNK_BYTES,
              InputStream::readAllBytes)
          .content();
    } catch (SourceGoneException | SourceDamagedException e) {
      return Optional.empty();
    }
  }

  private <T> Answer<RemoteListing<T>> listing(
      String what, String path, Optional<String> known, Function<JsonObject, Optional<T>> item)
      throws IOException {
    Answer<ListingReader.Items<T>> answer =
        exchange(what, path, known, MOST_LISTING_BYTES, body -> ListingReader.read(body, item));
    return new Answer<>(
        answer
            .content()
            .map(
                items ->
                    new RemoteListing<>(
                        items.valid(), answer.tag(), answer.time(), items.ignored())),
        answer.tag(),
        answer.time());
  }

  private <T> Answer<T> exchange(
      String what, String path, Optional<String> known, long most, Reading<T> reading)
      throws IOException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Optional<Duration> asked = Optional.empty();
      try {
        try (HttpReply reply = http.get(URI.create(base + path), headers(known))) {
          if (!isBusy(reply.status())) {
            return answer(what, reply, most, reading);
          }
          if (attempt == ATTEMPTS) {
            throw new SourceUnreachableException(
                base + " answers with status " + reply.status() + " to the request for " + what,
                null);
          }
          asked = reply.header("Retry-After").flatMap(HubSource::seconds);
        }
      } catch (PullException.SourceUnreachableException e) {
        if (attempt == ATTEMPTS) {
          throw new SourceUnreachableException(e.getMessage(), e);
        }
      } catch (AddressForbiddenException e) {
        throw new SourceForbiddenException(e.getMessage(), e);
      } catch (PullException e) {
        throw new SourceDamagedException(e.getMessage(), e);
      }
      sleep(asked.filter(time -> time.compareTo(LONGEST_PAUSE) <= 0).orElse(pause));
      pause = pause.multipliedBy(2);
    }
  }

  private <T> Answer<T> answer(String what, HttpReply reply, long most, Reading<T> reading)
      throws IOException {
    Optional<String> tag = reply.header("ETag");
    long time =
        reply.header("Date").flatMap(HubSource::time).orElseGet(clock::instant).getEpochSecond();
    return switch (reply.status()) {
      case OK ->
          new Answer<>(
              Optional.of(reading.of(new BodyStream(reply, what, most, ticker))), tag, time);
      case NOT_MODIFIED -> new Answer<>(Optional.empty(), tag, time);
      case NOT_FOUND -> throw new SourceGoneException(base + " does not have " + what);
      default ->
          throw new SourceDamagedException(
              base
                  + " answers with status "
                  + reply.status()
                  + " to the request for "
                  + what
                  + reply.header("Location").map(to -> ", and leads to another address").orElse(""),
              null);
    };
  }

  private static Map<String, String> headers(Optional<String> known) {
    Map<String, String> headers = new HashMap<>();
    known.ifPresent(tag -> headers.put("If-None-Match", tag));
    return headers;
  }

  private static boolean isBusy(int status) {
    return status == 429 || (status >= 502 && status <= 504);
  }

  private static Optional<Duration> seconds(String text) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Integer.parseInt(text.strip()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
  }

  /**
   * Reads a body.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads the body to its end. */
    T of(InputStream body) throws IOException;
  }

  /**
   * An answer to a conditional request.
   *
   * @param content empty if the client has the current version
   * @param tag the entity tag; empty if the hub sends none
   * @param time when it was sent, Unix seconds of that hub
   */
  public record Answer<T>(Optional<T> content, Optional<String> tag, long time) {}
}
