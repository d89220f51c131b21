package tf.grid.hub.catalogue.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.Catalogue.FlistContent;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

class FullDiskTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");

  @TempDir Path data;
  private SmallDisk disk;
  private Md5Cache md5s;
  private DirectoryCatalogue catalogue;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.at(data.resolve("disk"));
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(disk.path().resolve("users"), md5s);
  }

  @AfterEach
  void unmount() throws IOException {
    if (disk != null) {
      md5s.close();
      disk.close();
    }
  }

  @Test
  void a_flist_that_does_not_fit_leaves_the_old_version_and_no_other_file() throws IOException {
    catalogue.publish(ALICE, APP, out -> out.write(new byte[] {'o', 'l', 'd'}));

    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, FullDiskTest::tooMuch))
        .isInstanceOf(CatalogueFullException.class)
        .hasMessageContaining("the disk is full")
        .hasMessageContaining("nothing was published");

    assertThat(files()).containsExactly("app.flist");
    assertThat(catalogue.entries().locate(ALICE, APP).file().path()).hasContent("old");
  }

  @Test
  void a_flist_that_does_not_fit_leaves_no_new_repository() {
    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, FullDiskTest::tooMuch))
        .isInstanceOf(CatalogueFullException.class);

    assertThat(catalogue.users().root()).isEmptyDirectory();
  }

  @Test
  void publishing_goes_on_when_there_is_room_again() throws IOException {
    Path other = Files.write(disk.path().resolve("other"), new byte[SmallDisk.SIZE - 100_000]);
    byte[] flist = new byte[200_000];
    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, out -> out.write(flist)))
        .isInstanceOf(CatalogueFullException.class);

    Files.delete(other);
    catalogue.publish(ALICE, APP, out -> out.write(flist));

    assertThat(catalogue.entries().locate(ALICE, APP).file().path()).hasBinaryContent(flist);
  }

  @Test
  void content_that_fails_for_another_reason_is_not_blamed_on_the_disk() {
    IOException reason = new IOException("the archive is gone");
    FlistContent broken =
        out -> {
          throw reason;
        };

    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, broken)).isSameAs(reason);
  }

  private static void tooMuch(OutputStream out) throws IOException {
    for (int i = 0; i <= SmallDisk.SIZE / 65_536; i++) {
      out.write(new byte[65_536]);
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(catalogue.users().of(ALICE))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
