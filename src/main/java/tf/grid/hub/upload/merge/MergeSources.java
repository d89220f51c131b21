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
import tf.grid.hub.upload.UploadException.UploadRejectedException;

/** Finds the flists that are to be merged, through links. Thread-safe. */
@SingletonBean
public class MergeSources {

  /** All of them are open at once. */
  static final int MOST = 32;

  private final Catalogue catalogue;

  /** Finds them in a catalogue. */
  @Inject
  public MergeSources(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Finds all of them, in their order; one may come twice.
   *
   * @param names each {@code repository/flist}
   * @throws UploadRejectedException when there are none or too many, or when one is no such name,
   *     or nothing has it
   * @throws FlistNotFoundException when one is a link that leads nowhere
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
    if (catalogue.users().at(EntryPath.of(repository.get(), flist.get())).isEmpty()) {
      throw new UploadRejectedException(repository.get() + "/" + flist.get() + " does not exists");
    }
    return catalogue.locate(repository.get(), flist.get());
  }

  /**
   * A flist that is to be merged.
   *
   * @param name what the client calls it, {@code repository/flist}
   * @param flist where it is
   */
  record MergeSource(String name, LocatedFlist flist) {}
}
