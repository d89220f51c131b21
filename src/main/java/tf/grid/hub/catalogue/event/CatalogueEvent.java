package tf.grid.hub.catalogue.event;

import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** A change of the catalogue that is complete and durable. */
public sealed interface CatalogueEvent {

  /** The repository that has changed. */
  RepositoryName repository();

  /**
   * A flist was published, in place of a previous one if there was one.
   *
   * @param name stored name
   * @param size of the file in bytes
   * @param md5 digest of the file, 32 hexadecimal digits
   */
  record FlistPublished(RepositoryName repository, String name, long size, String md5)
      implements CatalogueEvent {}

  /**
   * A link was made, or leads elsewhere now.
   *
   * @param name stored name
   * @param target text of the symbolic link
   */
  record Linked(RepositoryName repository, String name, String target) implements CatalogueEvent {}

  /**
   * A flist or link was deleted.
   *
   * @param name stored name
   */
  record Deleted(RepositoryName repository, String name) implements CatalogueEvent {}

  /**
   * A flist or link was renamed, in place of another one if there was one.
   *
   * @param from stored name before
   * @param to stored name now
   */
  record Renamed(RepositoryName repository, String from, String to) implements CatalogueEvent {}

  /** The links in a tag have changed, or the tag was deleted. */
  record TagChanged(RepositoryName repository, TagName tag) implements CatalogueEvent {}
}
