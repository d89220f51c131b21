package tf.grid.hub.upload.flist;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.LostTails;
import tf.grid.hub.flist.Tally;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.progress.ReceivedStream;
import tf.grid.hub.publish.ChunkCheck;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;
import tf.grid.hub.publish.PublishSettings;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.upload.UploadException.UploadRejectedException;
import tf.grid.hub.upload.UploadForm;
import tf.grid.hub.upload.UploadLimit;

/**
 * Publishes flists that others made, once all their chunks are here. What is published was read and
 * written again: never the bytes that came. Safe for any number of threads.
 */
@ApplicationScoped
public class FlistUpload {
  private static final String SUFFIX = FlistName.SUFFIX;
  private static final String BACKEND = "backend";

  /** Clients know the answer by how it begins. */
  private static final String INCOMPLETE =
      "unauthorized upload, contents is not fully present on backend";

  private final ChunkStore store;
  private final ChunkInspector inspection;
  private final Catalogue catalogue;
  private final PublishSettings settings;
  private final UploadLimit places;

  /** For the container's proxy. */
  protected FlistUpload() {
    this(null, null, null, null, null);
  }

  /** Uploads into this catalogue what has its chunks in this store. */
  @Inject
  public FlistUpload(
      ChunkStore store,
      ChunkInspector inspection,
      Catalogue catalogue,
      PublishSettings settings,
      UploadLimit places) {
    this.store = store;
    this.inspection = inspection;
    this.catalogue = catalogue;
    this.settings = settings;
    this.places = places;
  }

  /**
   * A flist in the field {@code file} of a form; other fields are ignored.
   *
   * @param originalName what the header {@code X-Original-Name} says
   * @param named is told the name of the flist as soon as it is known
   * @throws UploadRejectedException when there is no such file, when it is no flist as it should
   *     be, or when chunks of it are missing or do not open
   */
  public UploadedFlist fromForm(
      RepositoryName owner,
      IncomingForm form,
      Optional<String> originalName,
      Consumer<FlistName> named,
      Progress progress)
      throws IOException {
    return places.<UploadedFlist, IOException>within(
        owner,
        () -> {
          UploadForm upload = UploadForm.ofFile(form, SUFFIX);
          FlistName name = upload.name(originalName);
          named.accept(name);
          InputStream file = new ReceivedStream(upload.file(), progress);
          FlistDefects defects = new FlistDefects();
          try (FlistReader flist =
              FlistReader.open(
                  file, settings.workDir(), FlistLimits.DEFAULT, FlistReader.IN_MEMORY, defects)) {
            upload.finish();
            return publish(owner, name, flist, defects);
          } catch (FlistRejectedException | FlistTooLargeException e) {
            throw new UploadRejectedException(e.getMessage(), e);
          } catch (IncompleteFlistException e) {
            throw new UploadRejectedException(INCOMPLETE + ": " + e.getMessage(), e);
          }
        });
  }

  private UploadedFlist publish(
      RepositoryName owner, FlistName name, FlistReader flist, FlistDefects defects)
      throws IOException {
    try (FlistWriter writer = new FlistWriter(settings.workDir(), LostTails.SHOWN)) {
      Tally tally = new Tally();
      ChunkCheck chunks = inspection.begin();
      flist.directories(
          listing -> {
            writer.directory(listing.path(), listing.self(), listing.contents());
            listing.contents().forEach(tally::add);
            chunks.add(listing.contents());
          });
      chunks.finish();
      for (Map.Entry<String, String> metadata : flist.metadata().entrySet()) {
        writer.metadata(metadata.getKey(), metadata.getValue());
      }
      writer.metadata(BACKEND, settings.backend());
      SpooledAnswer answer =
          SpooledAnswer.of(
              settings.workDir(),
              out -> FlistUploadAnswer.write(name, flist, defects.warnings(), out));
      boolean published = false;
      try {
        catalogue.publish(
            owner,
            name,
            out -> {
              writer.writeTo(out);
              confirmChunks(flist);
            });
        published = true;
        return new UploadedFlist(name, tally.counts(), answer);
      } finally {
        if (!published) {
          answer.close();
        }
      }
    }
  }

  /** Asks once more, which is the last thing to do before the flist gets its name. */
  private void confirmChunks(FlistReader flist) throws IOException {
    ChunkCheck chunks = new ChunkCheck(store);
    flist.directories(listing -> chunks.add(listing.contents()));
    chunks.finish();
  }

  /**
   * What came of the upload of a flist.
   *
   * @param name the published flist
   * @param counts what is in it
   * @param answer for clients of the API: name, counts and all entries; to be closed if it is not
   *     drained
   */
  public record UploadedFlist(FlistName name, Counts counts, SpooledAnswer answer) {}
}
