package tf.grid.hub.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

/** Archives are refused, or become flists that can be read again. */
final class TarTarget implements FuzzTarget {
  private static final Path WORK = Path.of("target");
  private static final ArchiveLimits LIMITS =
      ArchiveLimits.DEFAULT.withUnpackedBytes(16 << 20).withEntries(2_000);

  private final MemoryStore store = new MemoryStore();
  private final FlistBuilder builder =
      new FlistBuilder(
          new ChunkPipeline(store, store, new PipelineSize(1, 2), TarTarget::thread),
          new EntryBudget(32 << 20),
          LIMITS,
          Ticker.SYSTEM);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] packed : Seeds.files("field", ".tar.gz")) {
      seeds.add(Seeds.unpacked(packed));
    }
    seeds.add(kinds());
    seeds.add(sparse());
    return seeds;
  }

  private static byte[] kinds() {
    return new TarBytes()
        .directory("./")
        .pax("path=d/long", "mtime=1.5", "SCHILY.xattr.user.a=b", "uid=5", "size=7")
        .file("x", "content")
        .longName("n".repeat(120))
        .longTarget("t".repeat(120))
        .symbolicLink("x", "x")
        .hardLink("h", "d/long")
        .entry(new Header("null").type('3').device(1, 3))
        .globalPax("comment=x")
        .entry(new Header("pipe").type('6').binary(108, 8, -1))
        .tar();
  }

  private static byte[] sparse() {
    byte[] mapAndData = Arrays.copyOf("1\n2999999\n1\n".getBytes(US_ASCII), 513);
    Header old = new Header("old").type('S').text(257, "ustar  \0").size(1);
    return new TarBytes()
        .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=3000000")
        .file("x", mapAndData)
        .pax("GNU.sparse.size=9000", "GNU.sparse.map=1,1,8999,1", "GNU.sparse.name=s")
        .file("t", "ab")
        .pax("GNU.sparse.size=9", "GNU.sparse.offset=5", "GNU.sparse.numbytes=1")
        .file("u", "a")
        .entry(old.octal(386, 11, 5).octal(398, 11, 1).octal(483, 11, 700_000), (byte) 'x')
        .tar();
  }

  @Override
  public void read(byte[] archive) throws IOException {
    try (BuiltTree tree = builder.build("alice", new ByteArrayInputStream(archive), Progress.NONE);
        FlistWriter writer = new FlistWriter(WORK)) {
      AtomicLong entries = new AtomicLong();
      tree.directories(
          listing -> {
            writer.directory(listing);
            entries.addAndGet(listing.contents().size());
          });
      ByteArrayOutputStream flist = new ByteArrayOutputStream();
      writer.writeTo(flist);
      InputStream written = new ByteArrayInputStream(flist.toByteArray());
      try (FlistReader reader = FlistReader.open(written, WORK, FlistLimits.DEFAULT)) {
        reader.walk((path, node) -> entries.decrementAndGet());
        if (entries.get() != 0) {
          throw new AssertionError(entries + " entries more were built than are read");
        }
      }
    } catch (ArchiveException refused) {
      Seeds.checkMessage(refused);
    } finally {
      store.chunks.clear();
      store.known.clear();
    }
  }
}
