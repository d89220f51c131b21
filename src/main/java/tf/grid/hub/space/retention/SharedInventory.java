package tf.grid.hub.space.retention;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.shared.SharedCatalogue;
import tf.grid.hub.catalogue.shared.SharedCatalogue.SharedFlist;

/** The flists of a catalogue that other hubs change too. */
final class SharedInventory implements FlistInventory {

  private final SharedCatalogue catalogue;
  private final List<Found> flists;
  private final Set<EntryPath> linked;

  SharedInventory(SharedCatalogue catalogue) throws IOException {
    this.catalogue = catalogue;
    List<SharedFlist> all = catalogue.allFlists();
    this.flists =
        all.stream()
            .map(flist -> new Found(flist.repository(), flist.name(), flist.version()))
            .toList();
    this.linked =
        all.stream()
            .filter(SharedFlist::isLinked)
            .map(flist -> EntryPath.of(flist.repository(), flist.name()))
            .collect(Collectors.toSet());
  }

  @Override
  public List<Found> flists() {
    return flists;
  }

  @Override
  public boolean isLinked(Candidate flist) {
    return linked.contains(EntryPath.of(flist.repository(), flist.name()));
  }

  @Override
  public boolean isCurrent(Candidate flist) throws IOException {
    return catalogue
        .versionOf(flist.repository(), flist.name())
        .filter(version -> version.equals(flist.version()))
        .isPresent();
  }
}
