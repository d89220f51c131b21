package tf.grid.hub.image.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Whiteouts;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.config.ImageConfigReader;
import tf.grid.hub.image.source.ImageSource;
import tf.grid.hub.image.source.ImageSource.FetchedImage;
import tf.grid.hub.image.source.ImageSource.WantedImage;

/**
 * Fetches images through a container engine. All files of an image are exported as one archive,
 * which is streamed into the store. Thread-safe.
 */
public final class EngineSource implements ImageSource {
  private final Engine engine;
  private final long mostBytes;

  /**
   * Fetches through this engine.
   *
   * @param mostBytes maximum size of all files of an image
   */
  public EngineSource(Engine engine, long mostBytes) {
    this.engine = engine;
    this.mostBytes = mostBytes;
  }

  @Override
  public FetchedImage fetch(WantedImage wanted, LayeredBuild build)
      throws IOException, ArchiveException {
    // Progress counts both the bytes pulled by the engine and those of its export.
    try (EngineImage image =
        engine.open(
            wanted.reference(), wanted.platform(), wanted.credentials(), build.progress())) {
      ImageConfig config = ImageConfigReader.read(image.config());
      Layer files = files(image, build);
      build.finish();
      return new FetchedImage(config, List.of(files), origin(wanted, image, config));
    }
  }

  private Layer files(EngineImage image, LayeredBuild build) throws IOException, ArchiveException {
    try (InputStream export = build.received(image.export(mostBytes))) {
      return build.read(export, Whiteouts.NONE, TarEnd.MARKED);
    }
  }

  private static Map<String, String> origin(
      WantedImage wanted, EngineImage image, ImageConfig config) {
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("reference", wanted.reference().complete());
    image.digest().ifPresent(digest -> origin.put("digest", digest.toString()));
    origin.put("id", image.id().toString());
    origin.put("platform", config.platform().toString());
    return origin;
  }
}
