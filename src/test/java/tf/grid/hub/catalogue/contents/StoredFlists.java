package tf.grid.hub.catalogue.contents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tf.grid.hub.catalogue.Catalogue.FlistContent;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.file.FlistWriter;

/** A catalogue with flists of one repository to look into. */
public final class StoredFlists implements AutoCloseable {
  public static final RepositoryName OWNER = new RepositoryName("Administrator");

  private final Path data;
  private final Md5Cache md5s;
  private final DirectoryCatalogue catalogue;

  public StoredFlists(Path data) throws IOException {
    this.data = data;
    this.md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    this.catalogue = DirectoryCatalogue.open(data.resolve("users"), md5s);
  }

  DirectoryCatalogue catalogue() {
    return catalogue;
  }

  Summaries summaries() {
    return new Summaries(catalogue, md5s);
  }

  LocatedFlist find(String name) {
    return catalogue.entries().locate(OWNER, FlistName.parse(name));
  }

  LocatedFlist publish(String name, byte[] bytes) throws IOException {
    return publish(OWNER, name, out -> out.write(bytes));
  }

  public LocatedFlist publish(RepositoryName owner, String name, FlistContent content)
      throws IOException {
    FlistName flist = FlistName.parse(name);
    catalogue.publish(owner, flist, content);
    return catalogue.entries().locate(owner, flist);
  }

  /** Publishes a flist with these entries in the root and this metadata. */
  LocatedFlist publish(String name, List<Node> entries, Map<String, String> metadata)
      throws IOException {
    try (FlistWriter writer = new FlistWriter(data)) {
      writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, entries);
      metadata.forEach(writer::metadata);
      return publish(OWNER, name, writer::writeTo);
    }
  }

  /** Makes a symbolic link in the owner's repository. */
  void link(String stored, String target) throws IOException {
    Files.createSymbolicLink(catalogue.users().of(OWNER).resolve(stored), Path.of(target));
  }

  @Override
  public void close() throws IOException {
    md5s.close();
  }
}
