package tf.grid.hub.mirror.copy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.mirror.source.RemoteEntry;
import tf.grid.hub.mirror.source.RemoteListing;
import tf.grid.hub.mirror.source.SourceException.SourceDamagedException;
import tf.grid.hub.mirror.source.SourceException.SourceGoneException;
import tf.grid.hub.publish.ChunkCheck.IncompleteFlistException;

/**
 * Makes a repository equal to that of another hub: first new and changed flists, then links and
 * tags, then deletions, so that a link lacks its target only if it does at the source. Thread-safe.
 */
public final class RepositoryCopy {
  private static final System.Logger LOG = System.getLogger(RepositoryCopy.class.getName());

  /** How long a version that could not be copied is not tried again. */
  public static final Duration RETRY = Duration.ofHours(1);

  private static final String TO_REPOSITORIES = "../";
  private static final String TAG_TO_REPOSITORIES = "../../";

  private final Catalogue catalogue;
  private final FlistCopy flists;
  private final ExecutorService threads;
  private final Clock clock;

  /**
   * Creates an instance with its dependencies.
   *
   * @param threads copy flists; their number bounds how many at a time
   */
  public RepositoryCopy(
      Catalogue catalogue, FlistCopy flists, ExecutorService threads, Clock clock) {
    this.catalogue = catalogue;
    this.flists = flists;
    this.threads = threads;
    this.clock = clock;
  }

  /** Is told of progress from several threads. */
  @FunctionalInterface
  public interface Watcher {
    /** One more entry is complete, or could not be copied. May throw to end the copy. */
    void entryDone();
  }

  /**
   * The work on one repository.
   *
   * @param source the other hub
   * @param from the repository there
   * @param to the repository here
   * @param versions what was copied before; updated
   * @param deleting whether entries that the source does not have any more are deleted
   */
  public record Task(
      CopySource source,
      RepositoryName from,
      RepositoryName to,
      RepositoryVersions versions,
      boolean deleting) {}

  /**
   * Copies what has changed. A flist that cannot be copied is noted in the versions, and does not
   * prevent the others.
   *
   * @param begun called when all names are in the versions, before the first change
   * @return number of entries of the source with names that are invalid here
   * @throws SourceGoneException if the source does not have the repository
   * @throws tf.grid.hub.mirror.source.SourceException if the source cannot be read
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public int copy(Task task, Runnable begun, Watcher watcher) throws IOException {
    RemoteListing<RemoteEntry> listing = task.source().hub().entries(task.from());
    Set<String> names = new HashSet<>();
    listing.items().forEach(entry -> names.add(entry.stored()));
    task.versions().claim(names);
    begun.run();
    copyFlists(task, listing, watcher);
    copyNames(task, listing, watcher);
    if (task.deleting()) {
      delete(task, names);
    }
    return listing.ignored();
  }

  /** Deletes everything that was copied of a repository, and the repository if nothing is left. */
  public void delete(RepositoryName repository, RepositoryVersions versions) throws IOException {
    if (catalogue.items().contains(repository)) {
      NameCopy changes = new NameCopy(catalogue, repository);
      versions.names().forEach(changes::remove);
      var unused = changes.apply();
      catalogue.removeIfEmpty(repository);
    }
  }

  private void delete(Task task, Set<String> names) throws IOException {
    NameCopy changes = new NameCopy(catalogue, task.to());
    List<String> gone =
        task.versions().names().stream().filter(name -> !names.contains(name)).toList();
    gone.forEach(changes::remove);
    var unused = changes.apply();
    gone.forEach(task.versions()::remove);
  }

  private void copyFlists(Task task, RemoteListing<RemoteEntry> listing, Watcher watcher)
      throws IOException {
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<?>> running = new ArrayList<>();
    for (RemoteEntry entry : listing.items()) {
      if (entry instanceof RemoteEntry.Flist flist && isDue(task, flist)) {
        boolean settled = listing.settles(flist.updated());
        running.add(
            threads.submit(
                () -> {
                  if (!failed.get()) {
                    copyOrStop(task, flist, settled, failed);
                    watcher.entryDone();
                  }
                  return flist;
                }));
      }
    }
    await(running, failed);
  }

  private static void await(List<Future<?>> running, AtomicBoolean failed) throws IOException {
    Throwable failure = null;
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        failed.set(true);
        if (failure == null) {
          failure = e.getCause();
        }
      } catch (InterruptedException e) {
        running.forEach(other -> other.cancel(true));
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    if (failure != null) {
      throw ChunkFetch.again(failure);
    }
  }

  private void copyOrStop(Task task, RemoteEntry.Flist flist, boolean settled, AtomicBoolean failed)
      throws IOException {
    boolean fine = false;
    try {
      copy(task, flist, settled);
      fine = true;
    } finally {
      if (!fine) {
        failed.set(true);
      }
    }
  }

  private boolean isDue(Task task, RemoteEntry.Flist flist) {
    EntryVersion known = task.versions().of(flist.stored());
    boolean same = known.updated() == flist.updated() && known.size().equals(flist.size());
    if (same && known.isFailure()) {
      return clock.instant().getEpochSecond() - known.failedAt() >= RETRY.toSeconds();
    }
    return !(same && known.settled() && isHere(task, flist));
  }

  private boolean isHere(Task task, RemoteEntry.Flist flist) {
    return new NameCopy(catalogue, task.to()).hasFile(flist.stored());
  }

  private void copy(Task task, RemoteEntry.Flist flist, boolean settled) throws IOException {
    EntryVersion before = task.versions().of(flist.stored());
    Optional<String> known =
        Optional.of(before.tag())
            .filter(tag -> !tag.isEmpty() && !before.isFailure() && isHere(task, flist));
    String failure = "";
    Optional<String> tag = Optional.empty();
    try {
      tag = flists.copy(task.source(), task.from(), task.to(), flist.name(), known);
    } catch (SourceGoneException e) {
      // It was deleted after the list was made, or the next list has it again.
      return;
    } catch (SourceDamagedException
        | FlistRejectedException
        | FlistTooLargeException
        | IncompleteFlistException e) {
      failure = e.getMessage();
      LOG.log(
          Level.WARNING,
          "{0}/{1} of {2} cannot be copied, the previous version stays: {3}",
          task.from(),
          flist.name(),
          task.source().hub().base(),
          failure);
    }
    task.versions()
        .put(
            flist.stored(),
            new EntryVersion(
                flist.updated(),
                flist.size(),
                tag.orElse(""),
                settled,
                failure,
                clock.instant().getEpochSecond()));
  }

  private void copyNames(Task task, RemoteListing<RemoteEntry> listing, Watcher watcher)
      throws IOException {
    UnaryOperator<RepositoryName> renamed = name -> name.equals(task.from()) ? task.to() : name;
    NameCopy changes = new NameCopy(catalogue, task.to());
    List<Runnable> afterwards = new ArrayList<>();
    for (RemoteEntry entry : listing.items()) {
      if (entry instanceof RemoteEntry.Link link) {
        changes.link(link.stored(), link.target().text(TO_REPOSITORIES, task.to(), renamed));
      } else if (entry instanceof RemoteEntry.TagLink link) {
        changes.link(link.stored(), link.target().text(TO_REPOSITORIES, task.to(), renamed));
      } else if (entry instanceof RemoteEntry.Tag tag) {
        copyTag(task, tag, changes, renamed)
            .ifPresent(version -> afterwards.add(() -> task.versions().put(tag.stored(), version)));
      }
    }
    if (changes.apply() > 0) {
      watcher.entryDone();
    }
    afterwards.forEach(Runnable::run);
  }

  /** Returns the version that will be here after the changes; empty if it is here already. */
  private static Optional<EntryVersion> copyTag(
      Task task, RemoteEntry.Tag tag, NameCopy changes, UnaryOperator<RepositoryName> renamed)
      throws IOException {
    EntryVersion known = task.versions().of(tag.stored());
    if (known.settled() && known.updated() == tag.updated() && changes.hasTag(tag.name())) {
      return Optional.empty();
    }
    RemoteListing<RemoteEntry> links;
    try {
      links = task.source().hub().entries(task.from(), tag.name());
    } catch (SourceGoneException e) {
      // It was deleted after the list was made; the next list does not have it.
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (RemoteEntry entry : links.items()) {
      if (entry instanceof RemoteEntry.Link link && names.add(link.stored())) {
        String text = link.target().text(TAG_TO_REPOSITORIES, task.to(), renamed);
        changes.link(tag.name(), link.name(), text);
      }
    }
    changes.keepOnly(tag.name(), names);
    return Optional.of(
        new EntryVersion(tag.updated(), "", "", links.settles(tag.updated()), "", 0));
  }
}
