package tf.grid.hub.publish;

import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.Counts.Counter;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.ChunksDeletedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;

/**
 * Publishes every new flist: archives, images, uploaded flists and merges. The order makes it safe:
 * all chunks are in the store, the file is written and synced, the store is asked for all chunks
 * once more, then the file is renamed into the catalogue. Thread-safe.
 */
@SingletonBean
public class FlistPublisher {
  private final Catalogue catalogue;
  private final ChunkStore store;
  private final PublishSettings settings;

  /** Publishes flists, whose chunks are in the store, into the catalogue. */
  @Inject
  public FlistPublisher(Catalogue catalogue, ChunkStore store, PublishSettings settings) {
    this.catalogue = catalogue;
    this.store = store;
    this.settings = settings;
  }

  /** A tree whose directories can be read more than once, and are the same each time. */
  @FunctionalInterface
  public interface FlistTree {
    /** Shows every directory, each after the one that contains it. */
    void directories(DirectoryListing.Visitor visitor) throws IOException;
  }

  /**
   * Refuses a flist before its content is received or built.
   *
   * @throws tf.grid.hub.catalogue.quota.QuotaExceededException if its repository is full
   */
  public void refuseFull(RepositoryName owner, FlistName name) throws IOException {
    catalogue.refuseFull(owner, name);
  }

  /**
   * Publishes a tree that was just built, in place of the entry with this name.
   *
   * @param metadata to add to the readme of the tree and the backend of this hub
   * @throws ArchiveException if the flist exceeds the limits of the format
   * @throws StoreCorruptException if the store has lost chunks that it had confirmed
   * @throws ChunksDeletedException if another hub may have deleted them
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public NewFlist publish(
      RepositoryName owner, FlistName name, BuiltTree tree, Map<String, String> metadata)
      throws IOException, ArchiveException {
    Map<String, String> complete = new HashMap<>(metadata);
    tree.readme().ifPresent(text -> complete.put("readme", readme(text)));
    try (FlistWriter writer = new FlistWriter(settings.workDir())) {
      // All chunks were stored a moment ago: they are only checked before the rename.
      Counts counts = write(writer, tree::directories);
      publish(owner, name, tree::directories, complete, writer, counts);
      return new NewFlist(name, counts).with(tree.warnings());
    } catch (FlistTooLargeException e) {
      throw new ArchiveException("the archive makes too large a flist: " + e.getMessage(), e);
    } catch (IncompleteFlistException e) {
      throw lost(e);
    }
  }

  /** Of several hubs, one may have deleted chunks of an upload that took very long. */
  private StoreException lost(IncompleteFlistException e) {
    String lost =
        "the store has lost %d chunks that it had confirmed, one is %s; send the archive again"
            .formatted(e.count(), e.example());
    return settings.shared()
        ? new ChunksDeletedException(lost, e)
        : new StoreCorruptException(lost, e);
  }

  /**
   * Publishes a tree that refers to chunks of unknown state, in place of the entry with this name.
   *
   * @param metadata of the flist; the backend of this hub replaces its own
   * @throws IncompleteFlistException if chunks are missing
   * @throws FlistTooLargeException if the flist exceeds the limits of the format
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public NewFlist publish(
      RepositoryName owner, FlistName name, FlistTree tree, Map<String, String> metadata)
      throws IOException {
    return publish(owner, name, tree, metadata, new ChunkCheck(store));
  }

  /**
   * The same with a stricter check before the flist is written.
   *
   * @param check a new check, which sees all chunks of the flist
   */
  public NewFlist publish(
      RepositoryName owner,
      FlistName name,
      FlistTree tree,
      Map<String, String> metadata,
      ChunkCheck check)
      throws IOException {
    // Other tools lose the tails of some files; such flists are published as they are listed.
    try (FlistWriter writer = new FlistWriter(settings.workDir(), TruncatedFiles.SHOWN)) {
      Counts counts = write(writer, checked(tree, check));
      publish(owner, name, tree, metadata, writer, counts);
      return new NewFlist(name, counts);
    }
  }

  private static Counts write(FlistWriter writer, FlistTree tree) throws IOException {
    Counter counter = new Counter();
    tree.directories(
        listing -> {
          writer.directory(listing);
          listing.contents().forEach(counter::add);
        });
    return counter.counts();
  }

  /** The same tree, whose chunks are checked when it is read. */
  private static FlistTree checked(FlistTree tree, ChunkCheck check) {
    return visitor -> {
      tree.directories(
          listing -> {
            visitor.directory(listing);
            check.add(listing.contents());
          });
      check.finish();
    };
  }

  private void publish(
      RepositoryName owner,
      FlistName name,
      FlistTree tree,
      Map<String, String> metadata,
      FlistWriter writer,
      Counts counts)
      throws IOException {
    metadata.forEach(writer::metadata);
    writer.metadata("backend", settings.backend());
    catalogue.publish(owner, name, new WrittenFlist(writer, tree, store, counts.fullsize()));
  }

  private static String readme(String text) {
    return Json.createObjectBuilder().add("readme", text).build().toString();
  }

  /** A flist in its final form, whose chunks are checked again before it is renamed. */
  private record WrittenFlist(FlistWriter writer, FlistTree tree, ChunkStore store, long bytes)
      implements Catalogue.FlistContent {
    @Override
    public OptionalLong contentBytes() {
      return OptionalLong.of(bytes);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      writer.writeTo(out);
    }

    @Override
    public void confirm() throws IOException {
      ChunkCheck chunks = new ChunkCheck(store);
      tree.directories(listing -> chunks.add(listing.contents()));
      chunks.finish();
    }

    @Override
    public void confirmAgain() throws IOException {
      confirm();
    }
  }
}
