package tf.grid.hub.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalLong;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** The repositories of a hub with their flists, links and tags. Thread-safe. */
public interface Catalogue {

  /** What is in the catalogue at this moment. */
  StoredItems items();

  /** Finds flists and tags by name, as they are at this moment. */
  EntryLookup entries();

  /**
   * The flists of a repository that are files, by stored name.
   *
   * @return nothing if it does not exist
   */
  Map<String, FlistFile> flists(RepositoryName repository) throws IOException;

  /**
   * The path by which messages and counts name an entry, which need not exist. In a directory it is
   * where the entry is.
   */
  Path path(EntryPath place);

  /**
   * Reads all repositories for the listings; a new one for each call.
   *
   * @param clock says when files that may have been changed by hand are looked at again
   */
  CatalogueReader reader(Clock clock);

  /**
   * Finds out whether repositories can be created, without changing anything.
   *
   * @throws IOException if they cannot
   */
  void probeWriting() throws IOException;

  /**
   * Finds out whether repositories can be listed.
   *
   * @throws IOException if they cannot
   */
  void probeReading() throws IOException;

  /** A counter that moves with every change that the catalogue knows of. */
  long changes();

  /**
   * Refuses a flist early, before the work for it begins.
   *
   * @throws tf.grid.hub.catalogue.quota.QuotaExceededException if its repository is full
   */
  void refuseFull(RepositoryName repository, FlistName name) throws IOException;

  /**
   * Publishes a flist, replacing a file or link with its name; creates the repository if necessary.
   * Readers see either the old or the new file, completely; the new file is durable when this
   * returns.
   *
   * @throws CatalogueFullException if the disk is full; the old file remains
   * @throws tf.grid.hub.catalogue.quota.QuotaExceededException if the repository would have too
   *     much; the old file remains
   * @throws IOException if the content could not be created or stored; the old file remains, unless
   *     the message says that the outcome is unknown
   */
  PublishedFlist publish(RepositoryName repository, FlistName name, FlistContent content)
      throws IOException;

  /**
   * Changes names in an existing repository.
   *
   * @throws RepositoryNotFoundException if it does not exist
   * @throws CatalogueFullException if the disk is full
   * @throws IOException if a step failed
   */
  <T> T change(RepositoryName repository, RepositoryChange<T> change) throws IOException;

  /**
   * Changes names in a repository, which is created if necessary and removed again if the change
   * fails.
   *
   * @throws CatalogueFullException if the disk is full
   * @throws IOException if a step failed
   */
  <T> T changeOrMake(RepositoryName repository, RepositoryChange<T> change) throws IOException;

  /**
   * Removes a repository without entries.
   *
   * @return whether it existed and was empty
   * @throws IOException if it cannot be removed
   */
  boolean removeIfEmpty(RepositoryName repository) throws IOException;

  /**
   * Copies a published flist to another name, without checking its chunks again.
   *
   * @param into the repository that gets the copy
   * @throws IOException as {@link #publish}
   */
  <T> T copy(RepositoryName into, Step<T> copying) throws IOException;

  /**
   * Looks at all repositories while nobody renames, copies or deletes, so that no flist escapes by
   * moving. New flists are published meanwhile.
   */
  <T> T whileNamesStay(Step<T> looking) throws IOException;

  /**
   * A published flist.
   *
   * @param repository its repository
   * @param name its name
   * @param size of the file in bytes
   * @param md5 digest of the file, 32 hexadecimal digits
   */
  record PublishedFlist(RepositoryName repository, FlistName name, long size, String md5) {}

  /**
   * A change of names in a repository.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  interface RepositoryChange<T> {

    /**
     * Executes the change.
     *
     * @throws IOException if the catalogue cannot be changed
     * @throws tf.grid.hub.catalogue.name.CatalogueException if it is rejected, before any step
     */
    T in(OpenRepository repository) throws IOException;
  }

  /**
   * Something that is done under a lock.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  interface Step<T> {

    T make() throws IOException;
  }

  /** The content of a flist to publish. */
  @FunctionalInterface
  interface FlistContent {

    /**
     * Writes the content, once. Does not close the stream.
     *
     * @throws IOException if it cannot be written; nothing is published then
     */
    void writeTo(OutputStream out) throws IOException;

    /**
     * Checks the flist a last time, after it was written and right before it gets its name.
     *
     * @throws IOException if it must not be published
     */
    default void confirm() throws IOException {}

    /**
     * Checks that nothing was deleted since {@link #confirm}, as a part of the transaction that
     * gives the flist its name. Asks the store only for what may have been deleted by another hub.
     *
     * @throws IOException if it must not be published
     */
    default void confirmAgain() throws IOException {}

    /** The size of all files of the flist, if it is known without reading the flist. */
    default OptionalLong contentBytes() {
      return OptionalLong.empty();
    }
  }
}
