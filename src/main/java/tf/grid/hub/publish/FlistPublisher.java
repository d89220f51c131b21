package tf.grid.hub.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.util.Map;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.file.FlistWriter;

/**
 * Gives trees their names, which is the last step of making a flist: all chunks are stored, and the
 * store is asked for them once more. Safe for any number of threads.
 */
@ApplicationScoped
public class FlistPublisher {
  private final Catalogue catalogue;
  private final PublishSettings settings;

  /** For the container's proxy. */
  protected FlistPublisher() {
    this(null, null);
  }

  /** Publishes into this catalogue. */
  @Inject
  public FlistPublisher(Catalogue catalogue, PublishSettings settings) {
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /**
   * Publishes a tree in place of what has the name.
   *
   * @param metadata besides the readme and the place of chunks, which every flist of this hub gets
   * @throws ArchiveException when the flist would be larger than a flist may be
   * @throws tf.grid.hub.store.StoreException when the store has lost chunks, or cannot say
   */
  public NewFlist publish(
      RepositoryName owner, FlistName name, BuiltTree tree, Map<String, String> metadata)
      throws IOException, ArchiveException {
    try (FlistWriter writer = new FlistWriter(settings.workDir())) {
      tree.writeTo(writer);
      metadata.forEach(writer::metadata);
      tree.readme().ifPresent(text -> writer.metadata("readme", readme(text)));
      writer.metadata("backend", settings.backend());
      catalogue.publish(
          owner,
          name,
          out -> {
            writer.writeTo(out);
            tree.confirmChunks();
          });
    }
    return new NewFlist(name, tree.counts(), tree.warnings());
  }

  private static String readme(String text) {
    return Json.createObjectBuilder().add("readme", text).build().toString();
  }
}
