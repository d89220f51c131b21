package tf.grid.hub.catalogue;

import java.nio.file.Path;
import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;

/**
 * A flist that was asked for, found.
 *
 * @param name the name asked for
 * @param file the file that it is or leads to, never a link
 * @param link the link of that name, if it is one
 */
public record LocatedFlist(FlistName name, Path file, Optional<StoredItem.Link> link) {}
