package tf.grid.hub.store.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.store.ChunkSweep.Rewriting;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;
import tf.grid.hub.store.embedded.pack.OpenPacks;
import tf.grid.hub.store.embedded.pack.PackFiles;
import tf.grid.hub.store.embedded.pack.PackScan;
import tf.grid.hub.store.embedded.pack.RecordHeader;

/**
 * Gives the space of deleted chunks back to the disk: copies the other chunks of a pack to the
 * current pack and deletes the file. A chunk is always complete in a synced file that the index
 * names: first the copies are synced, then the index changes, in one transaction for each few MiB,
 * and the old file is deleted last. A kill at any point leaves at most copies that nobody needs,
 * which count as deleted bytes of their pack. For one thread.
 */
final class PackRewriter {
  private static final Logger LOG = System.getLogger(PackRewriter.class.getName());

  /** Bytes copied between two appends of uploads. */
  private static final long BATCH = 4L << 20;

  /** Room for the index while chunks move. */
  private static final long INDEX_ROOM = 1L << 20;

  private static final int MAX_CHUNKS = 4_096;

  private final PackFiles packs;
  private final OpenPacks openPacks;
  private final LocationIndex index;
  private final CommitThread commits;

  PackRewriter(PackFiles packs, OpenPacks openPacks, LocationIndex index, CommitThread commits) {
    this.packs = packs;
    this.openPacks = openPacks;
    this.index = index;
    this.commits = commits;
  }

  private record Candidate(int number, long size, long dead) {}

  /** Rewrites all packs that have too many deleted bytes, and returns the bytes given back. */
  long run(Rewriting rewriting) throws IOException, SQLException, InterruptedException {
    deleteRetired();
    List<Candidate> candidates = candidates(rewriting.deadShare());
    int current = commits.ask(ChunkLog::currentPack);
    if (candidates.stream().anyMatch(pack -> pack.number() == current)) {
      commits.run(ChunkLog::beginNextPack);
    }
    long sum = 0;
    for (Candidate pack : candidates) {
      long live = pack.size() - pack.dead();
      if (fits(pack, live) && rewrite(pack.number(), rewriting)) {
        long gained = pack.size() - Math.min(pack.size(), live);
        rewriting.reclaimed(gained);
        sum += gained;
      }
    }
    return sum;
  }

  /** Copies of a part would fill the disk and give nothing back. */
  private boolean fits(Candidate pack, long live) {
    long free = packs.directory().toFile().getUsableSpace();
    boolean fits = live + INDEX_ROOM <= free;
    if (!fits) {
      LOG.log(
          Level.WARNING,
          "{0} is kept: it has {1} bytes that are used, and only {2} bytes of the disk are free",
          packs.file(pack.number()),
          live,
          free);
    }
    return fits;
  }

  /** The packs with too many deleted bytes, those with the least to copy first. */
  private List<Candidate> candidates(double deadShare) throws IOException {
    List<Candidate> found = new ArrayList<>();
    for (PackLedger.Pack pack : commits.ask(ChunkLog::packs)) {
      long size = packs.size(pack.number());
      long dead = size - pack.bytes() - pack.chunks() * RecordHeader.BYTES;
      if (dead > 0 && dead > size * deadShare) {
        found.add(new Candidate(pack.number(), size, dead));
      }
    }
    found.sort(Comparator.comparingLong(pack -> pack.size() - pack.dead()));
    return found;
  }

  private boolean rewrite(int pack, Rewriting rewriting)
      throws IOException, SQLException, InterruptedException {
    if (!commits.ask(log -> log.retire(pack))) {
      copyFound(pack, rewriting);
      if (!commits.ask(log -> log.retire(pack))) {
        // Slow, and only needed if a record header is damaged: the scan did not find its chunk.
        copyIndexed(pack, rewriting);
        if (!commits.ask(log -> log.retire(pack))) {
          LOG.log(Level.WARNING, "{0} is kept: some of its chunks did not move", packs.file(pack));
          return false;
        }
      }
    }
    delete(pack);
    return true;
  }

  private void deleteRetired() throws IOException {
    for (int pack : commits.ask(log -> log.retired())) {
      delete(pack);
    }
  }

  private void delete(int pack) throws IOException {
    openPacks.forget(pack);
    commits.run(
        log -> {
          // Between two requests, so that a snapshot finds all files that it has listed.
          packs.delete(pack);
          log.forget(pack);
        });
  }

  /** Copies the chunks that a scan of the file finds. */
  private void copyFound(int pack, Rewriting rewriting)
      throws IOException, SQLException, InterruptedException {
    Batch batch = new Batch(rewriting);
    try (FileChannel file = FileChannel.open(packs.file(pack))) {
      PackScan scan = new PackScan(file, pack, 0);
      for (Optional<LocatedChunk> next = scan.next(); next.isPresent(); next = scan.next()) {
        rewriting.copying(next.get().place().length());
        LocatedChunk chunk = next.get();
        Optional<ChunkLocation> place = index.read(reader -> reader.find(chunk.id()));
        // The time of the record is that of the index, unless a user changed either.
        if (place.filter(at -> isSame(at, chunk.place())).isPresent()) {
          batch.add(new LocatedChunk(chunk.id(), place.get()));
        }
      }
    }
    batch.finish();
  }

  private static boolean isSame(ChunkLocation a, ChunkLocation b) {
    return a.pack() == b.pack() && a.position() == b.position() && a.length() == b.length();
  }

  private void copyIndexed(int pack, Rewriting rewriting)
      throws IOException, SQLException, InterruptedException {
    List<LocatedChunk> left = new ArrayList<>();
    index.read(
        reader -> {
          reader.forEachIn(pack, left::add);
          return left;
        });
    Batch batch = new Batch(rewriting);
    for (LocatedChunk chunk : left) {
      batch.add(chunk);
    }
    batch.finish();
  }

  /** Chunks that are copied together. */
  private final class Batch {
    private final Rewriting rewriting;
    private final List<ChunkLog.Copy> chunks = new ArrayList<>();
    private long bytes;

    Batch(Rewriting rewriting) {
      this.rewriting = rewriting;
    }

    void add(LocatedChunk chunk) throws IOException {
      byte[] content = read(chunk);
      if (!PackScan.idOf(content).equals(chunk.id())) {
        LOG.log(
            Level.WARNING,
            "chunk {0} is damaged in {1}: upload what it belongs to again",
            chunk.id(),
            packs.file(chunk.place().pack()));
        commits.run(log -> log.markDamaged(chunk.id(), chunk.place()));
        return;
      }
      chunks.add(new ChunkLog.Copy(chunk, ByteBuffer.wrap(content)));
      bytes += content.length;
      if (bytes >= BATCH || chunks.size() == MAX_CHUNKS) {
        finish();
      }
    }

    private byte[] read(LocatedChunk chunk) throws IOException {
      try {
        return openPacks.read(chunk.place());
      } catch (EOFException truncated) {
        return new byte[0];
      }
    }

    void finish() {
      if (!chunks.isEmpty()) {
        rewriting.copying(bytes);
        commits.run(log -> log.move(chunks));
        chunks.clear();
        bytes = 0;
      }
    }
  }
}
