package tf.grid.hub.flist.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.TruncatedFiles;

class HostileDatabaseTest {

  @TempDir Path folder;
  @TempDir Path work;

  private void assertRefused(byte[] flist, String why) {
    assertRefused(flist, why, FlistLimits.DEFAULT);
  }

  private void assertRefused(byte[] flist, String why, FlistLimits limits) {
    for (int inMemory : new int[] {0, FlistDatabase.IN_MEMORY}) {
      assertThatThrownBy(
              () -> {
                InputStream in = new ByteArrayInputStream(flist);
                try (FlistReader reader =
                    FlistReader.open(in, work, limits, TruncatedFiles.REFUSED, inMemory)) {
                  reader.metadata();
                  reader.counts();
                }
              })
          .isInstanceOf(FlistRejectedException.class)
          .hasMessageContaining(why);
      assertThat(work).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT key FROM entries",
        "CREATE TABLE extra (x)",
        "CREATE INDEX i ON entries (value)",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE VIRTUAL TABLE metadata USING rtree(id, a, b)",
        "CREATE VIEW metadata AS SELECT key, value FROM entries"
      })
  void a_database_with_anything_but_the_two_tables_is_refused(String sql) throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES, sql);
    assertRefused(Forge.archive(database), "more in it than the tables");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE entries (key TEXT, value BLOB)",
        "CREATE TABLE entries (key TEXT, value BLOB, PRIMARY KEY (key, value))",
        "CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB, more TEXT)",
        "CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB, v AS (length(value)))"
      })
  void a_table_of_another_shape_is_refused(String sql) throws IOException {
    assertRefused(Forge.archive(new Forge(folder).database(sql)), "table entries");
  }

  @Test
  void a_flist_that_is_compressed_with_zstd_is_refused() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES);
    byte[] tar =
        new GZIPInputStream(new ByteArrayInputStream(Forge.archive(database))).readAllBytes();
    assertRefused(Zstd.compress(tar), "compress it with gzip");
  }

  @Test
  void a_database_without_entries_is_refused() throws IOException {
    byte[] database =
        new Forge(folder).database(Forge.ENTRIES, "DROP TABLE entries", Forge.METADATA);
    assertRefused(Forge.archive(database), "table entries");
  }

  @Test
  void a_database_in_write_ahead_mode_is_refused() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES, "PRAGMA journal_mode=WAL");
    assertRefused(Forge.archive(database), "write-ahead");
  }

  @Test
  void a_database_that_lacks_pages_is_refused() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES, Forge.METADATA);
    assertRefused(Forge.archive(Arrays.copyOf(database, database.length - 4096)), "damaged");
    assertRefused(Forge.archive(Arrays.copyOf(database, database.length - 1)), "damaged");
    assertRefused(Forge.archive(Arrays.copyOf(database, 100)), "damaged");
    assertRefused(Forge.archive(new byte[0]), "no SQLite");
  }

  @Test
  void a_database_without_metadata_or_a_row_of_it_is_read() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES);
    try (FlistReader reader = FlistVectors.open(Forge.archive(database), work)) {
      assertThat(reader.metadata()).isEmpty();
      assertThat(reader.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0));
    }
  }

  @Test
  void flipped_bits_of_a_database_are_refused_or_harmless() throws IOException {
    byte[] good = unpacked(FlistVectors.flist("sample-full"));
    int refused = 0;
    for (int seed = 0; seed < 250; seed++) {
      Random random = new Random(seed);
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += readOrRefuse(Forge.archive(bad)) ? 0 : 1;
    }
    assertThat(refused).isBetween(20, 250);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void flipped_bits_of_an_archive_are_refused_or_harmless() throws IOException {
    byte[] good = FlistVectors.flist("sample-full");
    byte[] plain = FlistVectors.sample("good-uncompressed-tar.flist");
    byte[] xz = FlistVectors.sample("good-xz.flist");
    for (int seed = 0; seed < 60; seed++) {
      for (byte[] archive : new byte[][] {good, plain, xz}) {
        Random random = new Random(seed);
        byte[] bad = archive.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        readOrRefuse(bad);
      }
    }
    assertThat(work).isEmptyDirectory();
  }

  private boolean readOrRefuse(byte[] flist) throws IOException {
    try (FlistReader reader = FlistVectors.open(flist, work)) {
      reader.metadata();
      reader.counts();
      return true;
    } catch (FlistRejectedException e) {
      return false;
    }
  }

  private static byte[] unpacked(byte[] flist) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(flist))) {
      byte[] tar = in.readAllBytes();
      String start = "SQLite format 3";
      int offset = new String(tar, StandardCharsets.ISO_8859_1).indexOf(start);
      return Arrays.copyOfRange(tar, offset, offset + 32768);
    }
  }

  @Test
  void an_archive_of_every_truncated_length_is_refused() {
    byte[] good = FlistVectors.sample("good.flist");
    for (int length = 0; length < good.length; length += 7) {
      assertRefused(Arrays.copyOf(good, length), "is");
    }
  }

  @Test
  void an_archive_with_two_databases_is_refused() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES);
    Map<String, byte[]> twice =
        Map.of(FlistArchive.DATABASE, database, "./" + FlistArchive.DATABASE, database);
    assertRefused(Forge.archive(twice), "two databases");
  }

  @Test
  void other_entries_of_the_archive_are_ignored() throws IOException {
    byte[] database = new Forge(folder).database(Forge.ENTRIES);
    byte[] other = new byte[3000];
    Map<String, byte[]> files =
        Map.of("a", other, "dir/" + FlistArchive.DATABASE, other, FlistArchive.DATABASE, database);
    try (FlistReader reader = FlistVectors.open(Forge.archive(files), work)) {
      assertThat(reader.counts().regular()).isZero();
    }
  }

  @Test
  void what_is_over_a_limit_is_refused() throws IOException {
    byte[] flist = FlistVectors.flist("sample-full");
    assertRefused(flist, "larger than", new FlistLimits(9000, 1 << 20, 99, 9999, 99, 9, 99, 9999));
    assertRefused(flist, "32768 bytes", new FlistLimits(99999, 30000, 99, 9999, 99, 9, 99, 9999));
    assertRefused(flist, "rows", new FlistLimits(99999, 99999, 5, 9999, 99, 9, 99, 9999));
    assertRefused(flist, "damaged", new FlistLimits(99999, 99999, 99, 2000, 99, 9, 99, 9999));
    assertRefused(flist, "entries", new FlistLimits(99999, 99999, 99, 9999, 3, 9, 99, 9999));
    assertRefused(flist, "deep", new FlistLimits(99999, 99999, 99, 9999, 99, 1, 99, 9999));
    assertRefused(flist, "deep", new FlistLimits(99999, 99999, 99, 9999, 99, 9, 3, 9999));
    assertRefused(flist, "metadata", new FlistLimits(99999, 99999, 99, 9999, 99, 9, 99, 9));
  }

  @Test
  void a_failure_of_the_stream_below_is_no_refusal() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the wire broke");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThatThrownBy(() -> FlistReader.open(broken, work, FlistLimits.DEFAULT))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the wire broke");
  }
}
