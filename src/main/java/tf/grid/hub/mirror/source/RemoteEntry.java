package tf.grid.hub.mirror.source;

import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/** An entry in the listing of another hub. Times are Unix seconds of that hub. */
public sealed interface RemoteEntry {

  /** The name with which the catalogue stores the entry. */
  String stored();

  /**
   * A flist.
   *
   * @param size as listed, such as {@code 1.25 KB}
   */
  record Flist(FlistName name, String size, long updated) implements RemoteEntry {
    @Override
    public String stored() {
      return name.stored();
    }
  }

  /**
   * A link to a flist.
   *
   * @param target where it leads, which need not exist
   */
  record Link(FlistName name, RemoteTarget target) implements RemoteEntry {
    @Override
    public String stored() {
      return name.stored();
    }
  }

  /** A link to a tag, which need not exist. */
  record TagLink(TagLinkName name, RemoteTarget target) implements RemoteEntry {
    @Override
    public String stored() {
      return name.value();
    }
  }

  /** A tag. */
  record Tag(TagName name, long updated) implements RemoteEntry {
    @Override
    public String stored() {
      return name.stored();
    }
  }
}
