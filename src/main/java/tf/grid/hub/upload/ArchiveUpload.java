package tf.grid.hub.upload;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistWriter;
import tf.grid.hub.progress.Progress;

/**
 * Turns archives into published flists while they arrive. The order is the safety: all chunks are
 * stored first, the name comes last. Safe for any number of threads, of which it lets a bounded
 * number work at once.
 */
@ApplicationScoped
public class ArchiveUpload {
  private FlistBuilder builder;
  private Catalogue catalogue;
  private UploadSettings settings;
  private Clock clock;
  private Semaphore places;

  /** For the container's proxy. */
  protected ArchiveUpload() {}

  /** Uploads with this builder into this catalogue. */
  @Inject
  public ArchiveUpload(
      FlistBuilder builder, Catalogue catalogue, UploadSettings settings, Clock clock) {
    this.builder = builder;
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
    this.places = new Semaphore(settings.maxConcurrent());
  }

  /** An archive that is the whole body of a request, under the name that the request gives. */
  public Uploaded fromStream(
      RepositoryName owner, FlistName name, InputStream archive, Progress progress)
      throws IOException, ArchiveRejected {
    takePlace();
    try (BuiltTree tree = builder.build(limited(archive), progress)) {
      return publish(owner, name, tree, Map.of());
    } finally {
      places.release();
    }
  }

  /**
   * An archive in the field {@code file} of a form, whose {@code metadata-} fields may come before
   * and after it.
   *
   * @param originalName what the header {@code X-Original-Name} says
   */
  public Uploaded fromForm(
      RepositoryName owner,
      String contentType,
      InputStream body,
      Optional<String> originalName,
      Progress progress)
      throws IOException, ArchiveRejected {
    takePlace();
    try {
      MultipartReader form =
          MultipartReader.of(contentType, limited(body))
              .orElseThrow(() -> new UploadRefused("no file found"));
      FormMetadata metadata = new FormMetadata();
      FormPart file = fileOf(form, metadata);
      FlistName name = nameOf(file, originalName);
      return fromFile(owner, name, file, form, metadata, progress);
    } finally {
      places.release();
    }
  }

  private Uploaded fromFile(
      RepositoryName owner,
      FlistName name,
      FormPart file,
      MultipartReader form,
      FormMetadata metadata,
      Progress progress)
      throws IOException, ArchiveRejected {
    try (BuiltTree tree = builder.build(file.body(), progress)) {
      for (Optional<FormPart> rest = form.next(); rest.isPresent(); rest = form.next()) {
        metadata.take(rest.get());
      }
      return publish(owner, name, tree, metadata.values());
    }
  }

  private InputStream limited(InputStream body) {
    return new RequestBody(body, settings.maxBytes(), clock);
  }

  private static FormPart fileOf(MultipartReader form, FormMetadata metadata) throws IOException {
    for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
      if (part.get().name().equals("file") && part.get().fileName().isPresent()) {
        return part.get();
      }
      metadata.take(part.get());
    }
    throw new UploadRefused("no file found");
  }

  private static FlistName nameOf(FormPart file, Optional<String> originalName) throws IOException {
    String fileName = file.fileName().orElse("");
    if (fileName.isEmpty()) {
      throw new UploadRefused("no file selected");
    }
    if (!fileName.endsWith(UploadName.ARCHIVE)) {
      throw new UploadRefused("this file is not allowed");
    }
    return FlistName.parse(UploadName.of(originalName, fileName));
  }

  private void takePlace() throws TooManyUploads {
    if (!places.tryAcquire()) {
      throw new TooManyUploads(settings.maxConcurrent());
    }
  }

  private Uploaded publish(
      RepositoryName owner, FlistName name, BuiltTree tree, Map<String, String> metadata)
      throws IOException, ArchiveRejected {
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
    return new Uploaded(name, tree.counts());
  }

  private static String readme(String text) {
    return Json.createObjectBuilder().add("readme", text).build().toString();
  }
}
