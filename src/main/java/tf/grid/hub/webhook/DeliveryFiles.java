package tf.grid.hub.webhook;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events that wait for one receiver, each in a file of a directory, in the order of their
 * names. They survive the end of the process; they are not synced, so the last seconds before a
 * power failure may be lost. Thread-safe.
 */
final class DeliveryFiles {
  private static final System.Logger LOG = System.getLogger(DeliveryFiles.class.getName());
  private static final String SUFFIX = ".json";
  private static final String TEMPORARY = ".tmp";

  /** A body has names of bounded length only. */
  private static final long MOST_BYTES = 16 << 10;

  private final Path directory;
  private final AtomicLong next = new AtomicLong();

  private DeliveryFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens a directory, and creates it if necessary.
   *
   * @throws IOException if that is not possible
   */
  static DeliveryFiles in(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new DeliveryFiles(directory);
  }

  /** Reads what waits, oldest first, and deletes what is damaged. */
  List<Delivery> load() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(files);
    List<Delivery> waiting = new ArrayList<>();
    for (Path file : files) {
      Optional<Delivery> delivery = read(file);
      if (delivery.isPresent()) {
        waiting.add(delivery.get());
      } else {
        Files.deleteIfExists(file);
      }
    }
    return waiting;
  }

  private Optional<Delivery> read(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX) || Files.size(file) > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
      next.accumulateAndGet(number + 1, Math::max);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    Optional<CloudEvent> event = CloudEvent.read(Files.readAllBytes(file));
    if (event.isEmpty()) {
      LOG.log(Level.WARNING, "webhooks: {0} is damaged and is deleted", file);
    }
    return event.map(found -> new Delivery(found, file));
  }

  /** Adds an event. */
  Delivery add(CloudEvent event, byte[] body) throws IOException {
    String name = "%019d".formatted(next.getAndIncrement());
    Path temporary = Files.write(directory.resolve(name + TEMPORARY), body);
    Path file = directory.resolve(name + SUFFIX);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return new Delivery(event, file);
  }

  /** Removes an event. If that fails, the event may be delivered again after a restart. */
  void remove(Delivery delivery) {
    try {
      Files.deleteIfExists(delivery.file());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "webhooks: {0} cannot be deleted: {1}", delivery.file(), e.toString());
    }
  }
}
