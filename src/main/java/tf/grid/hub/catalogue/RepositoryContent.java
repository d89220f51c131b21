package tf.grid.hub.catalogue;

import java.util.Map;
import java.util.SortedMap;
import tf.grid.hub.catalogue.name.TagName;

/**
 * The content of a repository on disk, restricted to catalogue items. Immutable.
 *
 * @param modified modification time of its directory, Unix seconds
 * @param items flists, links and tags by stored name, in code point order
 * @param tags the links in each tag by stored name, in code point order
 */
public record RepositoryContent(
    long modified,
    SortedMap<String, StoredItem> items,
    Map<TagName, SortedMap<String, StoredItem>> tags) {}
