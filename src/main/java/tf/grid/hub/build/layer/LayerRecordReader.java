package tf.grid.hub.build.layer;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.build.BuildContext;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

/**
 * Reads records of {@link LayerRecord}. The entries count towards the limits as if the layer were
 * received again. Not thread-safe.
 */
final class LayerRecordReader {
  private final BuildContext work;
  private final List<Permissions> permissions = new ArrayList<>();
  private DataInputStream in;

  LayerRecordReader(BuildContext work) {
    this.work = work;
  }

  Layer read(InputStream record) throws IOException, ArchiveException {
    MessageDigest digest = LayerRecord.digest();
    in = new DataInputStream(new DigestInputStream(record, digest));
    List<Layer.Change> changes = new ArrayList<>();
    damaged(in.readLong() != LayerRecord.MAGIC_AND_VERSION);
    for (int type = in.readByte(); type != LayerRecord.END; type = in.readByte()) {
      changes.add(change(type));
    }
    byte[] expected = digest.digest();
    damaged(!Arrays.equals(expected, record.readNBytes(expected.length)) || record.read() >= 0);
    return new Layer(changes);
  }

  private Layer.Change change(int type) throws IOException, ArchiveException {
    SafePath path = path();
    LayerReader.account(work, path);
    work.account(path.isRoot() ? 0 : path.last().length());
    return switch (type) {
      case LayerRecord.HARD_LINK -> new Layer.HardLinked(path, path());
      case LayerRecord.REMOVED -> new Layer.Removed(path);
      case LayerRecord.EMPTIED -> new Layer.Emptied(path);
      default -> placed(type, path);
    };
  }

  private Layer.Placed placed(int type, SafePath path) throws IOException, ArchiveException {
    Name name = path.isRoot() ? Name.EMPTY : path.last();
    Permissions set = permissions();
    long time = Integer.toUnsignedLong(in.readInt());
    ExtendedAttributes attributes = attributes();
    Node node =
        switch (type) {
          case LayerRecord.DIRECTORY -> new DirectoryNode(name, set, time, time);
          case LayerRecord.FILE -> file(name, set, time);
          case LayerRecord.LINK -> new LinkNode(name, set, time, time, name());
          case LayerRecord.SPECIAL ->
              new SpecialNode(name, set, time, time, specialType(), name().toString());
          default -> throw new IOException("the record of a layer is damaged");
        };
    return new Layer.Placed(path, node, attributes);
  }

  private SpecialNode.Type specialType() throws IOException {
    try {
      return SpecialNode.Type.valueOf(name().toString());
    } catch (IllegalArgumentException e) {
      throw new IOException("the record of a layer is damaged", e);
    }
  }

  private FileNode file(Name name, Permissions set, long time)
      throws IOException, ArchiveException {
    long size = in.readLong();
    damaged(size < 0);
    work.takeOver(size);
    BlockSlots blocks = new BlockSlots(size);
    byte[] both = new byte[ChunkId.LENGTH + ChunkKey.LENGTH];
    for (int i = 0; i < blocks.size(); i++) {
      work.memory().take(BlockSlots.BYTES_PER_SLOT);
      in.readFully(both);
      blocks.put(i, new Block(ChunkId.at(both, 0), ChunkKey.at(both, ChunkId.LENGTH)));
    }
    return new FileNode(name, set, time, time, size, blocks);
  }

  private SafePath path() throws IOException {
    int count = in.readUnsignedShort();
    List<Name> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      names.add(name());
    }
    return new SafePath(names);
  }

  private Permissions permissions() throws IOException {
    int number = in.readInt();
    damaged(number < 0 || number > permissions.size());
    if (number == permissions.size()) {
      Name user = name();
      Name group = name();
      int mode = in.readUnsignedShort();
      damaged((mode & ~07777) != 0);
      permissions.add(new Permissions(user, group, mode, in.readLong(), in.readLong()));
    }
    return permissions.get(number);
  }

  private ExtendedAttributes attributes() throws IOException, ArchiveException {
    int count = in.readInt();
    if (count == 0) {
      return ExtendedAttributes.NONE;
    }
    SortedMap<String, Name> values = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      values.put(name().toString(), name());
    }
    ExtendedAttributes attributes = new ExtendedAttributes(values);
    work.memory().take(attributes.size());
    return attributes;
  }

  private Name name() throws IOException {
    int length = in.readInt();
    damaged(length < 0 || length > work.limits().headerBytes());
    byte[] bytes = in.readNBytes(length);
    damaged(bytes.length < length);
    return Name.of(bytes);
  }

  private static void damaged(boolean yes) throws IOException {
    if (yes) {
      throw new IOException("the record of a layer is damaged");
    }
  }
}
