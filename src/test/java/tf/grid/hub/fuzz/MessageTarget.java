package tf.grid.hub.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.sqlite.SQLiteDataSource;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.codec.DirectoryDecoder;
import tf.grid.hub.flist.codec.PermissionsCodec;

/** Cap'n Proto messages: directories and permission sets. */
final class MessageTarget implements FuzzTarget {
  private final DirectoryDecoder decoder =
      new DirectoryDecoder(key -> Permissions.ROOT_DIRECTORY, TruncatedFiles.SHOWN);

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] flist : Seeds.files("vectors/flists", ".flist")) {
      Path database = Files.createTempFile("seed", ".sqlite3");
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new ByteArrayInputStream(Seeds.unpacked(flist)))) {
        while (!tar.getNextEntry().getName().endsWith("flistdb.sqlite3")) {}
        Files.write(database, tar.readAllBytes());
        addValues(database, seeds);
      } finally {
        Files.delete(database);
      }
    }
    return seeds;
  }

  private static void addValues(Path database, List<byte[]> seeds) throws IOException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + database);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT value FROM entries ORDER BY key LIMIT 8")) {
      while (rows.next()) {
        seeds.add(rows.getBytes(1));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void read(byte[] message) throws IOException {
    try {
      decoder.decode(FlistPath.ROOT, message);
    } catch (FlistRejectedException refused) {
      Seeds.checkMessage(refused);
    }
    try {
      PermissionsCodec.decode(message);
    } catch (FlistRejectedException refused) {
      Seeds.checkMessage(refused);
    }
  }
}
