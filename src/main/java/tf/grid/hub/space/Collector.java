package tf.grid.hub.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.shared.FrozenFlists;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.SharedCollection;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.space.mark.FlistMarker;
import tf.grid.hub.space.mark.FlistMarker.Found;
import tf.grid.hub.space.mark.IdTable;
import tf.grid.hub.space.mark.Marks;
import tf.grid.hub.store.ChunkSweep;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.lease.ChunkUses;
import tf.grid.hub.store.lease.ChunkUses.Deletions;

/**
 * Deletes chunks that nothing refers to, while the hub is in use. Reads every flist first; if one
 * cannot be read, nothing is deleted. One collection at a time.
 */
public final class Collector {
  private final Catalogue catalogue;
  private final ChunkSweep store;
  private final KnownChunks known;
  private final ChunkUses uses;
  private final Path workDir;
  private final Path unusedFile;
  private final Clock clock;
  private final Optional<HubGroup> group;

  /**
   * Collects in a store.
   *
   * @param store itself, whose questions count as no use
   * @param uses through which all others use the store
   * @param workDir for temporary files: about 20 bytes for each reference to a chunk
   * @param unusedFile for the unused chunks of a store that does not know times
   * @param group the hubs with this catalogue and store, if there may be others
   */
  public Collector(
      Catalogue catalogue,
      ChunkSweep store,
      KnownChunks known,
      ChunkUses uses,
      Path workDir,
      Path unusedFile,
      Clock clock,
      Optional<HubGroup> group) {
    this.catalogue = catalogue;
    this.store = store;
    this.known = known;
    this.uses = uses;
    this.workDir = workDir;
    this.unusedFile = unusedFile;
    this.clock = clock;
    this.group = group;
  }

  /**
   * Finds out what would be deleted.
   *
   * @param turn for collections
   * @param steps gets what is being done, and may throw to stop it
   * @throws CollectionException if a flist or a directory cannot be read
   */
  public CollectionReport dryRun(Turn turn, Consumer<String> steps) {
    return attempt(turn, true, steps).report(clock.instant(), 0);
  }

  /**
   * Deletes unused chunks and gives their space back.
   *
   * @param turn for collections
   * @param steps gets what is being done, and may throw to stop it
   * @throws CollectionException if a flist or a directory cannot be read
   * @throws tf.grid.hub.catalogue.shared.TurnLostException if another hub may have begun to collect
   * @throws tf.grid.hub.store.StoreException if the store fails; what was deleted until then is
   *     gone
   */
  public CollectionReport collect(Turn turn, Rewriting rewriting, Consumer<String> steps) {
    Sweep sweep = attempt(turn, false, steps);
    if (sweep.hasDeleted()) {
      steps.accept("forgetting keys of deleted chunks");
      known.forget(store::missing);
    }
    steps.accept("giving space back");
    long reclaimed = store.reclaim(rewriting);
    return sweep.report(clock.instant(), reclaimed);
  }

  private Sweep attempt(Turn turn, boolean dryRun, Consumer<String> steps) {
    Instant started = clock.instant();
    Consumer<String> checked =
        step -> {
          turn.check();
          steps.accept(step);
        };
    try (Deletions deletions = uses.begin();
        Marks marks = Marks.in(workDir)) {
      Optional<SharedCollection> shared = shared(turn, dryRun, checked);
      Found found = mark(deletions, marks, shared, checked);
      return sweep(found, deletions, marks, shared, dryRun, started, checked);
    } catch (IOException e) {
      throw CollectionException.stopped(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw CollectionException.stopped(e.getCause().getMessage(), e);
    }
  }

  private Optional<SharedCollection> shared(Turn turn, boolean dryRun, Consumer<String> steps)
      throws IOException {
    if (group.isEmpty()) {
      return Optional.empty();
    }
    steps.accept("waiting for what is being published");
    return Optional.of(group.get().collection(turn, dryRun));
  }

  private Sweep sweep(
      Found found,
      Deletions deletions,
      Marks marks,
      Optional<SharedCollection> shared,
      boolean dryRun,
      Instant started,
      Consumer<String> steps)
      throws IOException {
    Optional<UnusedList> unused =
        store.knowsTimes() || shared.isPresent()
            ? Optional.empty()
            : Optional.of(new UnusedList(unusedFile, deletions.oldest(), started));
    try {
      Sweep sweep = new Sweep(store, deletions, found, unused, shared, dryRun, started);
      marks.forEach(
          (table, last) -> {
            steps.accept("comparing with the store, at " + last.toString().substring(0, 2));
            sweep.table(table, last);
          });
      sweep.finish();
      return sweep;
    } finally {
      store.endPages();
      if (unused.isPresent()) {
        unused.get().close();
      }
    }
  }

  private Found mark(
      Deletions deletions, Marks marks, Optional<SharedCollection> shared, Consumer<String> steps) {
    try {
      return attemptToMark(deletions, marks, shared, steps);
    } catch (IOException e) {
      throw CollectionException.nothingDeleted(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw CollectionException.nothingDeleted(e.getCause().getMessage(), e);
    }
  }

  private Found attemptToMark(
      Deletions deletions, Marks marks, Optional<SharedCollection> shared, Consumer<String> steps)
      throws IOException {
    FlistMarker marker = new FlistMarker(catalogue, workDir, steps);
    FlistMarker.References references = (block, repository) -> add(marks, block.id(), repository);
    Found found;
    if (shared.isPresent()) {
      try (FrozenFlists frozen = shared.get().flists()) {
        found = marker.markAll(frozen, references);
      }
    } else {
      found = marker.markAll(references);
    }
    steps.accept("reading the chunks in use");
    deletions.logged(id -> marks.add(id, IdTable.IN_USE));
    return found;
  }

  private static void add(Marks marks, ChunkId id, int repository) {
    try {
      marks.add(id, repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
