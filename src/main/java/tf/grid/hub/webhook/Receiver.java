package tf.grid.hub.webhook;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.net.GuardedHttp;

/**
 * Delivers events to one address in a thread of its own, one at a time. An event that fails goes to
 * the end of the queue, so that one that the receiver never accepts does not hold up the others;
 * after each failure, the pause becomes longer. Redirects are failures. Thread-safe.
 */
final class Receiver implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Receiver.class.getName());

  /** Above it, the oldest events are given up. */
  private static final int MOST_WAITING = 10_000;

  private static final int MOST_SHOWN = 100;
  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private final URI address;
  private final DeliveryFiles files;
  private final GuardedHttp http;
  private final Optional<Signature> signature;
  private final BackOff backOff;
  private final Clock clock;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private volatile boolean closing;

  /** The event that is being sent; null if none is. */
  private Delivery sending;

  private long delivered;
  private long givenUp;
  private int failures;
  private String failure = "";

  /**
   * Reads what waits from before.
   *
   * @param signature signs bodies; empty if there is no secret
   * @throws IOException if the files cannot be read
   */
  Receiver(
      URI address,
      DeliveryFiles files,
      GuardedHttp http,
      Optional<Signature> signature,
      BackOff backOff,
      Clock clock)
      throws IOException {
    this.address = address;
    this.files = files;
    this.http = http;
    this.signature = signature;
    this.backOff = backOff;
    this.clock = clock;
    this.thread = new Thread(this::deliverAll, "webhook");
    thread.setDaemon(true);
    waiting.addAll(files.load());
  }

  void start() {
    thread.start();
  }

  /** Adds an event. */
  void add(CloudEvent event, byte[] body) throws IOException {
    Delivery delivery = files.add(event, body);
    lock.lock();
    try {
      waiting.addLast(delivery);
      if (waiting.size() > MOST_WAITING) {
        giveUp(waiting.removeFirst(), "too many events wait");
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void deliverAll() {
    try {
      while (!closing) {
        deliver(next());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Delivery next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        changed.await();
      }
      sending = waiting.removeFirst();
      return sending;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(Delivery delivery) throws InterruptedException {
    if (Duration.between(delivery.event().time(), clock.instant()).compareTo(backOff.limit()) > 0) {
      giveUp(delivery, failure.isEmpty() ? "the hub was stopped" : failure);
      return;
    }
    String reason;
    try {
      reason = send(Files.readAllBytes(delivery.file()));
    } catch (NoSuchFileException gone) {
      // Someone deleted it: then nobody needs it.
      reason = "";
    } catch (IOException | RuntimeException e) {
      reason = String.valueOf(e.getMessage());
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (reason.isEmpty()) {
      succeeded(delivery);
    } else {
      failed(delivery, reason);
    }
  }

  /** Returns why the receiver did not accept the body; an empty text if it did. */
  private String send(byte[] body) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", CloudEvent.MEDIA_TYPE);
    signature.ifPresent(key -> headers.put(Signature.HEADER, key.of(body)));
    try (HttpReply reply = http.post(address, headers, body)) {
      int status = reply.status();
      return status >= 200 && status < 300 ? "" : "the receiver answers with status " + status;
    }
  }

  private void succeeded(Delivery delivery) {
    files.remove(delivery);
    lock.lock();
    try {
      sending = null;
      delivered++;
      if (failures > 0) {
        LOG.log(Level.INFO, "webhooks: {0} accepts events again", shown());
      }
      failures = 0;
      failure = "";
    } finally {
      lock.unlock();
    }
  }

  private void failed(Delivery delivery, String reason) throws InterruptedException {
    Duration pause;
    lock.lock();
    try {
      sending = null;
      waiting.addLast(delivery);
      failures++;
      if (failures == 1) {
        LOG.log(Level.WARNING, "webhooks: {0} is tried again: {1}", shown(), reason);
      }
      failure = reason;
      pause = backOff.after(failures);
    } finally {
      lock.unlock();
    }
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
  }

  private void giveUp(Delivery delivery, String reason) {
    files.remove(delivery);
    lock.lock();
    try {
      sending = delivery.equals(sending) ? null : sending;
      givenUp++;
    } finally {
      lock.unlock();
    }
    LOG.log(
        Level.WARNING,
        "webhooks: {0} of {1} was not delivered to {2}: {3}",
        delivery.event().type(),
        delivery.event().subject(),
        shown(),
        reason);
  }

  /** Paths and queries of such addresses are often secrets. */
  private String shown() {
    return address.getScheme() + "://" + address.getRawAuthority();
  }

  /** Number of events that were accepted. */
  long delivered() {
    return locked(() -> delivered);
  }

  /** Number of events that were given up. */
  long givenUp() {
    return locked(() -> givenUp);
  }

  /** Number of events that wait. */
  long waiting() {
    return locked(() -> unfinished().count());
  }

  /** The event that is being sent, and those that wait. */
  private Stream<Delivery> unfinished() {
    return Stream.concat(Stream.ofNullable(sending), waiting.stream());
  }

  /** When the oldest event that waits happened. */
  Optional<Instant> oldest() {
    return locked(
        () -> unfinished().map(delivery -> delivery.event().time()).min(Instant::compareTo));
  }

  /** The state for administrators, with a limited number of events. */
  JsonObject json() {
    return locked(
        () -> {
          JsonArrayBuilder late = Json.createArrayBuilder();
          unfinished()
              .limit(MOST_SHOWN)
              .forEach(
                  delivery ->
                      late.add(
                          Json.createObjectBuilder()
                              .add("id", delivery.event().id())
                              .add("type", delivery.event().type())
                              .add("subject", delivery.event().subject())
                              .add("time", delivery.event().time().toString())));
          JsonObjectBuilder json =
              Json.createObjectBuilder()
                  .add("receiver", shown())
                  .add("delivered", delivered)
                  .add("given-up", givenUp)
                  .add("waiting", unfinished().count())
                  .add("failures", failures);
          if (!failure.isEmpty()) {
            json.add("failure", failure);
          }
          return json.add("late", late).build();
        });
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  /** Stops. What waits is delivered after the next start. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(TO_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
