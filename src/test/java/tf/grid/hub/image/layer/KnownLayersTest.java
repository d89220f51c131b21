package tf.grid.hub.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.layer.Layers;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.image.reference.Digest;

class KnownLayersTest {

  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path directory;

  private Layers layers;

  @BeforeEach
  void open() throws IOException {
    layers = new Layers(Files.createDirectory(directory.resolve("work")));
  }

  @AfterEach
  void close() {
    layers.close();
  }

  @Test
  void a_layer_is_known_again_after_a_restart() throws Exception {
    keep(known(1 << 20), "one");

    assertThat(recalls(known(1 << 20), "one")).isTrue();
    assertThat(recalls(known(1 << 20), "two")).isFalse();
  }

  @Test
  void what_was_not_used_for_longest_goes_when_there_is_too_much() throws Exception {
    KnownLayers roomy = known(1 << 20);
    for (String name : List.of("a", "b", "c", "d")) {
      keep(roomy, name);
    }
    List<Path> records = records();
    long bytes = 0;
    for (Path record : records) {
      Files.setLastModifiedTime(record, FileTime.from(LONG_AGO));
      bytes += Files.size(record);
    }
    assertThat(recalls(roomy, "b")).isTrue(); // and so was used just now

    KnownLayers tight = known(bytes);
    keep(tight, "e");

    assertThat(records()).hasSize(4);
    assertThat(recalls(tight, "b")).isTrue();
    assertThat(recalls(tight, "e")).isTrue();
  }

  @Test
  void a_layer_that_would_take_more_than_a_quarter_is_not_kept() throws Exception {
    KnownLayers tiny = known(100);

    keep(tiny, "one");

    assertThat(records()).isEmpty();
    assertThat(recalls(tiny, "one")).isFalse();
  }

  @Test
  void a_damaged_record_is_forgotten() throws Exception {
    KnownLayers known = known(1 << 20);
    for (int cut : new int[] {0, 1, 20}) {
      keep(known, "one");
      Path record = records().get(0);
      byte[] bytes = Files.readAllBytes(record);
      Files.write(record, Arrays.copyOf(bytes, cut));

      assertThat(recalls(known, "one")).as("of %d bytes", cut).isFalse();
      assertThat(records()).isEmpty();
    }
  }

  @Test
  void a_record_of_noise_is_forgotten() throws Exception {
    KnownLayers known = known(1 << 20);
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      keep(known, "one");
      byte[] bytes = Files.readAllBytes(records().get(0));
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(records().get(0), bytes);

      assertThat(recalls(known, "one")).isFalse();
    }
  }

  @Test
  void a_layer_whose_content_is_lost_is_forgotten() throws Exception {
    KnownLayers known = known(1 << 20);
    keep(known, "one");
    layers.store.chunks.clear();

    assertThat(recalls(known, "one")).isFalse();
    assertThat(records()).isEmpty();
  }

  @Test
  void what_was_being_written_when_the_hub_ended_is_removed() throws Exception {
    keep(known(1 << 20), "one");
    Path left = Files.createFile(directory.resolve("layers/.tmp-left"));

    known(1 << 20);

    assertThat(left).doesNotExist();
    assertThat(records()).hasSize(1);
  }

  private KnownLayers known(long bytes) throws IOException {
    return KnownLayers.open(directory.resolve("layers"), bytes, Clock.systemUTC());
  }

  private void keep(KnownLayers known, String name) throws Exception {
    try (LayeredBuild build = layers.begin()) {
      Layer layer = Layers.read(build, new TarBytes().file(name, "content of " + name).tar());
      build.finish();
      known.keep(Map.of(digest(name), layer));
    }
  }

  private boolean recalls(KnownLayers known, String name) throws Exception {
    try (LayeredBuild build = layers.begin()) {
      return known.recall(digest(name), build).isPresent();
    }
  }

  private List<Path> records() {
    try (Stream<Path> files = Files.list(directory.resolve("layers"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Digest digest(String name) {
    return Digest.of(name.getBytes(UTF_8));
  }
}
