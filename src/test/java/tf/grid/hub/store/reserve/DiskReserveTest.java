package tf.grid.hub.store.reserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.SmallDisk;

class DiskReserveTest {
  private static final int DISK = 16 << 20;

  @TempDir Path directory;

  @Test
  void a_full_disk_has_the_reserve_until_there_is_room_for_it_again() throws IOException {
    try (SmallDisk disk = SmallDisk.at(directory.resolve("disk"), DISK)) {
      DiskReserve reserve = DiskReserve.in(disk.path(), DISK);
      Path file = disk.path().resolve(DiskReserve.NAME);
      assertThat(reserve.isReleased()).isFalse();
      assertThat(file).hasSize(DISK / 16);

      Path filling = disk.path().resolve("filling");
      fill(filling);
      reserve.look();
      assertThat(reserve.isReleased()).isTrue();
      assertThat(file).doesNotExist();
      assertThat(reserve.free()).isGreaterThanOrEqualTo(DISK / 16);

      reserve.look();
      assertThat(reserve.isReleased()).isTrue();
      Files.delete(filling);
      reserve.look();
      assertThat(reserve.isReleased()).isFalse();
      assertThat(file).hasSize(DISK / 16);
    }
  }

  @Test
  void a_hub_that_starts_on_a_full_disk_has_no_reserve_yet() throws IOException {
    try (SmallDisk disk = SmallDisk.at(directory.resolve("disk"), DISK)) {
      Path filling = disk.path().resolve("filling");
      fill(filling);
      DiskReserve reserve = DiskReserve.in(disk.path(), DISK);
      assertThat(reserve.isReleased()).isTrue();
      Files.delete(filling);
      reserve.look();
      assertThat(reserve.isReleased()).isFalse();
    }
  }

  @Test
  void a_reserve_of_nothing_is_no_file_and_never_full() throws IOException {
    DiskReserve reserve = DiskReserve.in(directory, 0);
    reserve.release();
    assertThat(reserve.isReleased()).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void the_reserve_of_an_earlier_start_is_kept_as_it_is() throws IOException {
    assertThat(DiskReserve.in(directory, 4096).isReleased()).isFalse();
    byte[] before = Files.readAllBytes(directory.resolve(DiskReserve.NAME));
    assertThat(DiskReserve.in(directory, 4096).isReleased()).isFalse();
    assertThat(directory.resolve(DiskReserve.NAME)).hasBinaryContent(before);
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }
}
