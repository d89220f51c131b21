package tf.grid.hub.catalogue.listing;

import java.util.Map;
import java.util.SortedMap;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.TagName;

/**
 * A repository as it was found on disk, with only what belongs into a catalogue. Immutable.
 *
 * @param modified Unix seconds of its directory
 * @param items its flists, links and tags by stored name, in code point order
 * @param tags the links in each tag by stored name, in code point order
 */
record RepositoryContent(
    long modified,
    SortedMap<String, StoredItem> items,
    Map<TagName, SortedMap<String, StoredItem>> tags) {}
