package tf.grid.hub.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.flist.file.GeneratedTree;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.MemoryStore;

class FlistTarTest {
  private static final Permissions OWNER = Permissions.ROOT_DIRECTORY;

  @TempDir Path work;

  private final MemoryStore store = new MemoryStore();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final ChunkPipeline pipeline =
      new ChunkPipeline(store, store, new PipelineSize(2, 4), Thread::new);
  private final FlistBuilder builder =
      new FlistBuilder(pipeline, new EntryBudget(64L << 20), ArchiveLimits.DEFAULT, Ticker.SYSTEM);

  @AfterEach
  void close() {
    pipeline.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample-full",
        "sample-small",
        "sample-empty",
        "sample-readme2",
        "sample-badutf8",
        "merge-a"
      })
  void a_flist_of_an_exported_archive_has_the_same_bytes(String sample) throws Exception {
    byte[] flist;
    try (InputStream archive = getClass().getResourceAsStream("/archives/" + sample + ".tar.gz")) {
      flist = built(archive);
    }
    assertThat(built(new ByteArrayInputStream(tar(flist)))).isEqualTo(flist);
  }

  @Test
  void what_does_not_fit_into_a_plain_header_is_kept() throws Exception {
    Name binary = Name.of(("é".repeat(60) + "\u00ff").getBytes(StandardCharsets.ISO_8859_1));
    Name owner = Name.of("u".repeat(40));
    Permissions odd = new Permissions(owner, Name.of("4000000000"), 07777, 3_000_000, 4000000000L);
    Name target = Name.of("../".repeat(50) + "x");
    GeneratedTree tree =
        new GeneratedTree()
            .with(FlistPath.ROOT.child(binary), new LinkNode(binary, odd, 7, 7, target))
            .with(
                FlistPath.of("device"),
                new SpecialNode(
                    Name.of("device"), odd, 0, 0, SpecialNode.Type.BLOCK, "4095,1048575"))
            .with(
                FlistPath.of("last"),
                new FileNode(Name.of("last"), OWNER, 4294967295L, 0, 0, List.of()));
    byte[] archive = tar(tree.flist(work));

    byte[] flist = built(new ByteArrayInputStream(archive));
    try (FlistReader reader = open(flist)) {
      Map<FlistPath, Node> nodes = GeneratedTree.read(reader).nodes();
      assertThat(nodes.get(FlistPath.ROOT.child(binary)))
          .isEqualTo(new LinkNode(binary, link(odd), 7, 7, target));
      assertThat(nodes.get(FlistPath.of("device")))
          .isEqualTo(tree.nodes().get(FlistPath.of("device")));
      assertThat(nodes.get(FlistPath.of("last")).modified()).isEqualTo(4294967295L);
    }
  }

  @Test
  void extended_attributes_are_in_the_archive() throws Exception {
    SortedMap<String, Name> values = new TreeMap<>();
    values.put("security.capability", Name.of(new byte[] {1, 0, 0, 2, '\n', 0, (byte) 0xff}));
    values.put("user.empty", Name.EMPTY);
    FlistPath path = FlistPath.of("ping");
    byte[] flist =
        new GeneratedTree()
            .with(path, new FileNode(path.name(), OWNER, 0, 0, 0, List.of()))
            .flist(work);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (FlistReader reader = open(flist)) {
      new FlistTar(reader, Map.of(path, values)).writeTo(archive, store, threads);
    }
    assertThat(built(new ByteArrayInputStream(archive.toByteArray()))).isEqualTo(flist);
    assertThat(new String(archive.toByteArray(), StandardCharsets.ISO_8859_1))
        .contains("44 SCHILY.xattr.security.capability=\1\0\0\2\n\0\u00ff\n")
        .contains("28 SCHILY.xattr.user.empty=\n");
  }

  @Test
  void what_tar_cannot_hold_is_omitted() throws Exception {
    GeneratedTree tree = new GeneratedTree();
    tree.with(FlistPath.of("a"), special("a", SpecialNode.Type.SOCKET, SpecialNode.NOTHING));
    tree.with(FlistPath.of("b"), special("b", SpecialNode.Type.CHARACTER, "one,two"));
    tree.with(FlistPath.of("c"), special("c", SpecialNode.Type.CHARACTER, "99999999,1"));
    tree.with(FlistPath.of("d"), special("d", SpecialNode.Type.FIFO, SpecialNode.NOTHING));
    try (FlistReader reader = open(built(new ByteArrayInputStream(tar(tree.flist(work)))))) {
      assertThat(GeneratedTree.read(reader).nodes().keySet()).containsExactly(FlistPath.of("d"));
    }
  }

  @Test
  void older_flists_have_owners_by_name_only() throws Exception {
    GeneratedTree tree =
        new GeneratedTree()
            .with(FlistPath.of("a"), owned("a", "root", "1000"))
            .with(FlistPath.of("b"), owned("b", "alice", "99999999999"));
    try (FlistReader reader = open(built(new ByteArrayInputStream(tar(tree.flist(work)))))) {
      Map<FlistPath, Node> nodes = GeneratedTree.read(reader).nodes();
      assertThat(nodes.get(FlistPath.of("a")).permissions())
          .isEqualTo(new Permissions(Name.of("root"), Name.of("1000"), 0644, 0, 1000));
      assertThat(nodes.get(FlistPath.of("b")).permissions())
          .isEqualTo(new Permissions(Name.of("alice"), Name.of("99999999999"), 0644, 65534, 65534));
    }
  }

  @Test
  void a_missing_chunk_is_found_before_the_archive_begins() throws Exception {
    byte[] flist = built(new ByteArrayInputStream(archiveOfManyChunks()));
    ChunkId lost = lastChunk(flist);
    store.chunks.remove(lost);
    try (FlistReader reader = open(flist)) {
      assertThatThrownBy(() -> new FlistTar(reader, Map.of()).check(store))
          .isInstanceOf(ExportException.class)
          .hasMessage("chunks of it are missing in the store, one is " + lost);
    }
  }

  @Test
  void a_damaged_chunk_ends_a_compressed_archive_without_its_end() throws Exception {
    byte[] flist = built(new ByteArrayInputStream(archiveOfManyChunks()));
    ChunkId damaged = lastChunk(flist);
    store.chunks.put(damaged, new byte[100]);
    for (ArchiveFormat format : ArchiveFormat.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (FlistReader reader = open(flist)) {
        FlistTar tar = new FlistTar(reader, Map.of());
        assertThatThrownBy(() -> format.write(out, plain -> tar.writeTo(plain, store, threads)))
            .isInstanceOf(ExportException.class)
            .hasMessageContaining(damaged.toString());
      }
      if (format == ArchiveFormat.TAR_GZ) {
        assertThatThrownBy(
                () ->
                    new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))
                        .transferTo(OutputStream.nullOutputStream()))
            .hasMessage("Unexpected end of ZLIB input stream");
      }
    }
  }

  private byte[] archiveOfManyChunks() throws IOException {
    byte[] content = new byte[12 << 20];
    new Random(1).nextBytes(content);
    return new TarBytes().file("many", content).tar();
  }

  private ChunkId lastChunk(byte[] flist) throws IOException {
    try (FlistReader reader = open(flist)) {
      FileNode file = (FileNode) GeneratedTree.read(reader).nodes().get(FlistPath.of("many"));
      return file.blocks().get(file.blocks().size() - 1).id();
    }
  }

  private static SpecialNode special(String name, SpecialNode.Type type, String data) {
    return new SpecialNode(Name.of(name), OWNER, 0, 0, type, data);
  }

  private static FileNode owned(String name, String user, String group) {
    Permissions owner = new Permissions(Name.of(user), Name.of(group), 0644, -1, -1);
    return new FileNode(Name.of(name), owner, 0, 0, 0, List.of());
  }

  private static Permissions link(Permissions owner) {
    return new Permissions(owner.user(), owner.group(), 0777, owner.uid(), owner.gid());
  }

  private FlistReader open(byte[] flist) throws IOException {
    return FlistReader.open(new ByteArrayInputStream(flist), work, FlistLimits.DEFAULT);
  }

  private byte[] built(InputStream archive) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BuiltTree tree = builder.build("alice", archive, Progress.NONE);
        FlistWriter writer = new FlistWriter(work)) {
      tree.directories(writer::directory);
      writer.writeTo(out);
    }
    return out.toByteArray();
  }

  /** The archive, of which both ways to make it say the same. */
  private byte[] tar(byte[] flist) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistReader reader = open(flist)) {
      FlistTar tar = new FlistTar(reader, Map.of());
      long length = tar.check(store);
      tar.writeTo(out, store, threads);
      assertThat(length).isEqualTo(out.size());
      byte[] first = out.toByteArray();
      out.reset();
      tar.writeTo(out, store, threads);
      assertThat(Arrays.equals(first, out.toByteArray())).isTrue();
    }
    return out.toByteArray();
  }
}
