package tf.grid.hub.build.layer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;

/** Creates a layer of files that are not from an archive. Not thread-safe. */
public final class AddedFiles {
  private static final Name ROOT = Name.of("root");
  private static final Permissions PERMISSIONS = new Permissions(ROOT, ROOT, 0644, 0, 0);

  private final BuildContext work;

  AddedFiles(BuildContext work) {
    this.work = work;
  }

  Layer layer(List<AddedFile> files) throws ArchiveException, IOException {
    List<Layer.Change> changes = new ArrayList<>();
    for (AddedFile file : files) {
      LayerReader.account(work, file.path());
      work.account(file.path().last().length());
      changes.add(new Layer.Placed(file.path(), node(file), ExtendedAttributes.NONE));
    }
    return new Layer(changes);
  }

  private FileNode node(AddedFile file) throws ArchiveException, IOException {
    byte[] content = file.text().getBytes(StandardCharsets.UTF_8);
    BlockSlots slots = new BlockSlots(content.length);
    for (int place = 0; place < slots.size(); place++) {
      int from = place * ChunkCodec.MAX_PLAIN;
      work.memory().take(BlockSlots.BYTES_PER_SLOT);
      work.chunks()
          .add(
              slots,
              place,
              Math.min(content.length - from, ChunkCodec.MAX_PLAIN),
              (into, offset, length) -> System.arraycopy(content, from, into, offset, length));
    }
    Name name = file.path().last();
    return new FileNode(name, PERMISSIONS, file.time(), file.time(), content.length, slots);
  }

  /**
   * A text file that the hub adds to a tree, {@code root:root 0644}.
   *
   * @param path path of the file
   * @param text content; written in UTF-8
   * @param time Unix seconds, 0…2³²−1
   */
  public record AddedFile(SafePath path, String text, long time) {}
}
