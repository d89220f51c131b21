package tf.grid.hub.mirror.source;

import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * A repository of another hub.
 *
 * @param official whether that hub marks it as official
 * @param updated time of its last change, Unix seconds of that hub
 */
public record RemoteRepository(RepositoryName name, boolean official, long updated) {}
