package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.upload.UploadRejectedException;

/** Finds the flists to merge, following links. Thread-safe. */
@SingletonBean
public class MergeSources {

  /** Limited because all sources are open at the same time. */
  static final int MOST = 32;

  private final Catalogue catalogue;

  /** Finds sources in a catalogue. */
  @Inject
  public MergeSources(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Finds all sources in the given order; a source may occur twice.
   *
   * @param names each {@code repository/flist}
   * @throws UploadRejectedException if there are no or too many names, or if a name is invalid or
   *     does not exist
   * @throws FlistNotFoundException if a source is a broken link
   */
  List<MergeSource> find(List<String> names) throws UploadRejectedException {
    if (names.isEmpty()) {
      throw new UploadRejectedException("no source found");
    }
    if (names.size() > MOST) {
      throw new UploadRejectedException("a merge has at most " + MOST + " sources");
    }
    List<MergeSource> found = new ArrayList<>();
    for (String name : names) {
      found.add(new MergeSource(name, find(name)));
    }
    return found;
  }

  private LocatedFlist find(String name) throws UploadRejectedException {
    String[] parts = name.split("/", -1);
    Optional<RepositoryName> repository = RepositoryName.ofStored(parts[0]);
    Optional<FlistName> flist =
        parts.length == 2 && !parts[1].isEmpty()
            ? FlistName.ofStored(parts[1]).or(() -> FlistName.ofStored(parts[1] + FlistName.SUFFIX))
            : Optional.empty();
    if (repository.isEmpty() || flist.isEmpty()) {
      throw new UploadRejectedException("malformed source filename");
    }
    if (catalogue.items().at(EntryPath.of(repository.get(), flist.get())).isEmpty()) {
      throw new UploadRejectedException(repository.get() + "/" + flist.get() + " does not exists");
    }
    return catalogue.entries().locate(repository.get(), flist.get());
  }

  /**
   * A flist to merge.
   *
   * @param name the name in the request, {@code repository/flist}
   * @param flist the located flist
   */
  record MergeSource(String name, LocatedFlist flist) {}
}
