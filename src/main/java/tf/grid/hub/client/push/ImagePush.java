package tf.grid.hub.client.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.image.archive.ArchivedImage;
import tf.grid.hub.image.archive.ImageArchive;
import tf.grid.hub.image.http.RegistryHttp;
import tf.grid.hub.image.layer.KnownLayers;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.registry.RegistryClient;
import tf.grid.hub.image.registry.RetryPolicy;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.image.source.RegistrySource;
import tf.grid.hub.image.tree.ConvertedImage;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;

/** Pushes container images as flists, which are those that the hub itself would make. */
public final class ImagePush {
  private static final long MOST_LAYER_RECORDS = 256L << 20;

  private final PushTarget target;
  private final Path cache;
  private final Consumer<String> notes;
  private final LayerBuilder builder;
  private final Progress progress;

  /**
   * Prepares a push.
   *
   * @param cache directory for what is remembered of layers
   * @param progress receives the progress
   * @param notes receives what is unusual, as printable text
   */
  public ImagePush(PushTarget target, Path cache, Progress progress, Consumer<String> notes) {
    this.target = target;
    this.cache = cache;
    this.notes = notes;
    this.progress = progress;
    this.builder =
        new LayerBuilder(
            target.pipeline(),
            target.store(),
            PushTarget.memory(),
            ArchiveLimits.DEFAULT,
            Ticker.SYSTEM);
  }

  /**
   * Pushes an archive of {@code docker save} or an OCI archive.
   *
   * @param archive plain or compressed; not closed
   * @param platform the image to choose if there are several
   * @throws tf.grid.hub.image.PullException if the archive has no image for the platform
   * @throws ArchiveException if the archive is damaged or unsafe
   */
  public PublishedFlist archive(
      InputStream archive, Optional<Platform> platform, String name, Map<String, String> metadata)
      throws IOException, ArchiveException {
    try (LayeredBuild build = builder.begin("", progress)) {
      ArchivedImage image = ImageArchive.read(build, builder, archive).image(platform);
      FetchedImage fetched = new FetchedImage(image.config(), image.layers(), image.origin());
      return publish(build, fetched, name, metadata);
    }
  }

  /**
   * Fetches an image from a registry and pushes it. Layers of earlier pushes are not fetched again.
   *
   * @throws tf.grid.hub.image.PullException if the image is unavailable
   * @throws ArchiveException if its layers are damaged or unsafe
   */
  public PublishedFlist fetched(
      WantedImage wanted, RegistryHttp http, String name, Map<String, String> metadata)
      throws IOException, ArchiveException {
    RegistryClient registries =
        new RegistryClient(http, RetryPolicy.USUAL, ArchiveLimits.DEFAULT.unpackedBytes());
    Clock now = Clock.fixed(FileClock.now(cache).toInstant(), ZoneOffset.UTC);
    KnownLayers known = KnownLayers.open(cache, MOST_LAYER_RECORDS, now);
    try (LayeredBuild build = builder.begin("", progress)) {
      FetchedImage image = new RegistrySource(registries, known).fetch(wanted, build);
      return publish(build, image, name, metadata);
    }
  }

  private PublishedFlist publish(
      LayeredBuild build, FetchedImage image, String name, Map<String, String> metadata)
      throws IOException, ArchiveException {
    try (ConvertedImage converted = ConvertedImage.of(build, image);
        FlistWriter writer = target.writer()) {
      converted.tree().warnings().forEach(notes);
      converted.tree().directories(writer::directory);
      Map<String, String> all = new LinkedHashMap<>(converted.metadata());
      all.putAll(metadata);
      return target.publish(writer, name, all);
    }
  }
}
