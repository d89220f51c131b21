package tf.grid.hub.space;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.shared.SharedCollection;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.space.CollectionReport.Amount;
import tf.grid.hub.space.CollectionReport.RepositoryShare;
import tf.grid.hub.space.mark.FlistMarker.Found;
import tf.grid.hub.space.mark.IdTable;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkSweep;
import tf.grid.hub.store.lease.ChunkUses.Deletions;

/** Compares the chunks of a store with the references to them, both in the order of ids. */
final class Sweep {
  private static final int PAGE = 4_096;
  private static final int MAX_SHARES = 1_000;

  /** Stores keep times in whole seconds. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  private final ChunkSweep store;
  private final Deletions deletions;
  private final Found found;
  private final Optional<UnusedList> unused;
  private final Optional<SharedCollection> shared;
  private final boolean dryRun;
  private final Instant started;
  private final Instant oldestKept;
  private final Total live = new Total();
  private final Total inUse = new Total();
  private final Total young = new Total();
  private final Total garbage = new Total();
  private final Total deleted = new Total();
  private final List<Total> alone = new ArrayList<>();
  private final List<Entry> candidates = new ArrayList<>();
  private Optional<Instant> oldest = Optional.empty();
  private Optional<ChunkId> after = Optional.empty();
  private List<Entry> page = List.of();
  private int next;
  private boolean atEnd;
  private long missing;

  /**
   * Compares with what was found.
   *
   * @param unused needed by a hub alone if the store does not know times
   * @param shared needed if several hubs have the store
   */
  Sweep(
      ChunkSweep store,
      Deletions deletions,
      Found found,
      Optional<UnusedList> unused,
      Optional<SharedCollection> shared,
      boolean dryRun,
      Instant started) {
    this.store = store;
    this.unused = unused;
    this.shared = shared;
    this.deletions = deletions;
    this.found = found;
    this.dryRun = dryRun;
    this.started = started;
    this.oldestKept = deletions.oldest().minus(RESOLUTION);
    found.repositories().forEach(repository -> alone.add(new Total()));
  }

  /** Judges all chunks up to an id, and deletes the unused ones. */
  void table(IdTable references, ChunkId last) throws IOException {
    for (Entry entry = peek(); entry != null && entry.id().compareTo(last) <= 0; entry = peek()) {
      next++;
      judge(entry, references.find(entry.id()));
    }
    missing += references.notFound();
    if (shared.isEmpty()) {
      delete();
    }
  }

  /** To be called when all tables were seen. */
  void finish() throws IOException {
    if (unused.isPresent()) {
      unused.get().finish(!dryRun);
    }
    if (shared.isPresent()) {
      // Claims and requests for a few chunks each would take longer.
      delete();
      shared.get().finish();
    }
  }

  private Entry peek() {
    if (next == page.size() && !atEnd) {
      page = store.page(after, PAGE);
      next = 0;
      atEnd = page.isEmpty();
      after = atEnd ? after : Optional.of(page.get(page.size() - 1).id());
    }
    return atEnd ? null : page.get(next);
  }

  private void judge(Entry entry, int owner) throws IOException {
    if (owner == IdTable.IN_USE) {
      used(inUse, entry);
    } else if (owner != IdTable.NONE) {
      used(live, entry);
      if (owner != IdTable.SHARED) {
        alone.get(owner).add(entry);
      }
    } else if (shared.isEmpty() && !entry.time().isBefore(oldestKept)) {
      young.add(entry);
    } else if (!deletions.isUnused(entry.id())) {
      used(inUse, entry);
    } else if (isYoung(entry.id())) {
      young.add(entry);
    } else {
      refuseWithoutRepositories();
      garbage.add(entry);
      if (store.knowsTimes()) {
        oldest = oldest.filter(entry.time()::isAfter).or(() -> Optional.of(entry.time()));
      }
      candidates.add(entry);
      if (candidates.size() == PAGE) {
        delete();
      }
    }
  }

  private void used(Total kind, Entry entry) throws IOException {
    kind.add(entry);
    if (shared.isPresent()) {
      shared.get().used(entry.id());
    }
  }

  /** Whether an unused chunk has not been found unused for long enough. */
  private boolean isYoung(ChunkId id) throws IOException {
    return shared.isPresent()
        ? !shared.get().unused(id)
        : unused.isPresent() && !unused.get().add(id);
  }

  /** Rather a disk that is not mounted than a hub whose repositories were all removed. */
  private void refuseWithoutRepositories() {
    if (found.directories() == 0) {
      throw CollectionException.nothingDeleted(
          "the store has unused chunks, but the catalogue has no repository. "
              + (shared.isPresent()
                  ? "Is it the right database?"
                  : "Is the right disk mounted at hub.public-dir?"),
          null);
    }
  }

  private void delete() throws IOException {
    if (!dryRun && !candidates.isEmpty()) {
      Set<ChunkId> gone = delete(candidates.stream().map(Entry::id).toList());
      candidates.stream().filter(entry -> gone.contains(entry.id())).forEach(deleted::add);
    }
    candidates.clear();
  }

  private Set<ChunkId> delete(List<ChunkId> ids) throws IOException {
    return shared.isPresent()
        ? shared.get().delete(ids.stream().filter(deletions::isUnused).toList(), store::delete)
        : new HashSet<>(deletions.delete(ids, store::delete));
  }

  boolean hasDeleted() {
    return deleted.chunks > 0;
  }

  CollectionReport report(Instant ended, long reclaimed) {
    return new CollectionReport(
        dryRun,
        started,
        ended,
        found.flists(),
        live.amount(),
        inUse.amount(),
        young.amount(),
        garbage.amount(),
        oldest,
        deleted.amount(),
        reclaimed,
        missing,
        shares());
  }

  private List<RepositoryShare> shares() {
    List<RepositoryShare> shares = new ArrayList<>();
    for (int i = 0; i < alone.size(); i++) {
      shares.add(
          new RepositoryShare(
              found.repositories().get(i), found.flistsOf().get(i), alone.get(i).amount()));
    }
    shares.sort(
        Comparator.comparingLong((RepositoryShare share) -> share.alone().bytes())
            .reversed()
            .thenComparing(RepositoryShare::repository));
    return shares.subList(0, Math.min(MAX_SHARES, shares.size()));
  }

  private static final class Total {
    private long chunks;
    private long bytes;

    void add(Entry entry) {
      chunks++;
      bytes += entry.size();
    }

    Amount amount() {
      return new Amount(chunks, bytes);
    }
  }
}
