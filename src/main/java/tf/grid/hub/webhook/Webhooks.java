package tf.grid.hub.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.image.net.GuardedHttp;

/**
 * Tells receivers of changes in the catalogue. A change is in a file for each receiver before the
 * request for it is answered; threads deliver it, so a receiver never delays a request. Every event
 * is delivered at least once unless its receiver fails for a day. Thread-safe.
 */
public final class Webhooks implements CatalogueListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final int NAME_BYTES = 16;

  private final URI source;
  private final Clock clock;
  private final List<Receiver> receivers = new ArrayList<>();

  /**
   * Reads what waits from before.
   *
   * @param settings of the receivers; without any, nothing is done
   * @param http decides which addresses are allowed
   * @throws IOException if the directory cannot be used
   */
  public Webhooks(WebhookSettings settings, GuardedHttp http, Clock clock) throws IOException {
    this(settings, http, BackOff.USUAL, clock);
  }

  Webhooks(WebhookSettings settings, GuardedHttp http, BackOff backOff, Clock clock)
      throws IOException {
    this.source = settings.source();
    this.clock = clock;
    Optional<Signature> signature = settings.secret().map(Signature::new);
    List<String> names = new ArrayList<>();
    for (URI address : settings.receivers()) {
      names.add(name(address));
      DeliveryFiles files = DeliveryFiles.in(settings.directory().resolve(name(address)));
      receivers.add(new Receiver(address, files, http, signature, backOff, clock));
    }
    forgetOthers(settings.directory(), names);
  }

  private static String name(URI address) {
    byte[] text = address.toString().getBytes(UTF_8);
    return ChunkId.of(Blake2b.digest(NAME_BYTES, text, 0, text.length)).toString();
  }

  /** Deletes what waits for addresses that are no longer configured. */
  private static void forgetOthers(Path directory, List<String> names) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path other : all) {
        if (!names.contains(other.getFileName().toString())) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(other)) {
            for (Path file : files) {
              Files.delete(file);
            }
          }
          Files.delete(other);
        }
      }
    }
  }

  /** Starts to deliver. */
  public void start() {
    receivers.forEach(Receiver::start);
  }

  /** An event that cannot be written is lost, and reported in the log. */
  @Override
  public void changed(CatalogueEvent change) {
    if (receivers.isEmpty()) {
      return;
    }
    CloudEvent event = CloudEvent.of(change, clock.instant());
    byte[] body = event.json(change, source);
    for (Receiver receiver : receivers) {
      try {
        receiver.add(event, body);
      } catch (IOException | UncheckedIOException e) {
        LOG.log(
            Level.ERROR,
            "webhooks: {0} of {1} is lost: {2}",
            event.type(),
            event.subject(),
            e.toString());
      }
    }
  }

  /** Number of events that were accepted since the start, by all receivers together. */
  public long delivered() {
    return sum(Receiver::delivered);
  }

  /** Number of events that were given up since the start. */
  public long givenUp() {
    return sum(Receiver::givenUp);
  }

  /** Number of events that wait. */
  public long waiting() {
    return sum(Receiver::waiting);
  }

  private long sum(ToLongFunction<Receiver> number) {
    return receivers.stream().mapToLong(number).sum();
  }

  /** Age of the oldest event that waits; zero if none does. */
  public Duration delay() {
    Instant now = clock.instant();
    return receivers.stream()
        .flatMap(receiver -> receiver.oldest().stream())
        .map(time -> Duration.between(time, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The state of all receivers for administrators, with the events that wait. */
  JsonObject json() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    receivers.forEach(receiver -> all.add(receiver.json()));
    return Json.createObjectBuilder().add("receivers", all).build();
  }

  @Override
  public void close() {
    receivers.forEach(Receiver::close);
  }
}
