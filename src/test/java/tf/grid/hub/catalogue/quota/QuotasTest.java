package tf.grid.hub.catalogue.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.ReadLimit;

class QuotasTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final Path SAMPLE =
      Path.of("src/test/resources/vectors/flists/sample-small.flist");

  @TempDir Path data;
  private final ReadLimit readLimit = new ReadLimit(1, 10, Duration.ofSeconds(20));
  private Md5Cache md5s;
  private ContentSizes sizes;
  private Quotas quotas;
  private Catalogue catalogue;

  @BeforeEach
  void open() throws IOException {
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    limit(List.of(), List.of());
  }

  @AfterEach
  void close() throws IOException {
    sizes.close();
    md5s.close();
  }

  private void limit(List<QuotaRule> flists, List<QuotaRule> bytes) throws IOException {
    if (sizes != null) {
      sizes.close();
    }
    sizes = new ContentSizes(data.resolve("content-sizes"), data, readLimit);
    quotas = new Quotas(flists, bytes, sizes);
    catalogue =
        DirectoryCatalogue.open(
            data.resolve("users"), List.of(), md5s, () -> false, Optional.of(quotas));
  }

  private static QuotaRule rule(String pattern, long most) {
    return new QuotaRule(NamePattern.of(pattern), OptionalLong.of(most));
  }

  private void publish(String name, long bytes) throws IOException {
    catalogue.publish(
        ALICE,
        FlistName.parse(name),
        new Catalogue.FlistContent() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(1);
          }

          @Override
          public OptionalLong contentBytes() {
            return OptionalLong.of(bytes);
          }
        });
  }

  private Path directory() {
    return data.resolve("users/alice");
  }

  private RepositoryUsage usage() throws IOException {
    return quotas.usage(catalogue.flists(ALICE).values(), Integer.MAX_VALUE);
  }

  @Test
  void the_first_rule_that_matches_counts() throws IOException {
    List<QuotaRule> rules =
        List.of(
            rule("al*e", 7),
            new QuotaRule(NamePattern.of("b*b"), OptionalLong.empty()),
            rule("*", 1));
    limit(rules, List.of());
    assertThat(quotas.of(ALICE)).isEqualTo(new Quota(OptionalLong.of(7), OptionalLong.empty()));
    assertThat(quotas.of(new RepositoryName("bob"))).isEqualTo(Quota.NONE);
    assertThat(quotas.of(new RepositoryName("al.e")).flists()).hasValue(7);
    assertThat(quotas.of(new RepositoryName("alice2")).flists()).hasValue(1);
  }

  @Test
  void no_flist_is_added_beyond_the_number_but_those_there_can_be_replaced() throws IOException {
    limit(List.of(rule("alice", 2)), List.of());
    publish("one", 10);
    publish("two", 10);
    Files.createSymbolicLink(directory().resolve("link.flist"), Path.of("one.flist"));

    assertThatThrownBy(() -> publish("three", 1))
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining("alice already has 2 flists, and its quota is 2; delete flists");
    assertThatThrownBy(() -> catalogue.refuseFull(ALICE, FlistName.parse("three")))
        .isInstanceOf(QuotaExceededException.class);
    publish("two", 1_000);
    catalogue.refuseFull(ALICE, FlistName.parse("two"));

    assertThat(usage()).isEqualTo(new RepositoryUsage(2, 1_010, 0));
    assertThat(directory()).isDirectoryNotContaining(path -> path.toString().contains("three"));
  }

  @Test
  void no_flist_is_added_beyond_the_bytes_unless_it_replaces_a_larger_one() throws IOException {
    limit(List.of(), List.of(rule("*", 100)));
    publish("one", 60);
    publish("two", 40);

    assertThatThrownBy(() -> publish("three", 1))
        .isInstanceOf(QuotaExceededException.class)
        .hasMessageContaining("100 bytes of content, the new one has 1 bytes")
        .hasMessageContaining("quota is 100 bytes");
    assertThatThrownBy(() -> catalogue.refuseFull(ALICE, FlistName.parse("three")))
        .isInstanceOf(QuotaExceededException.class);
    assertThatThrownBy(() -> publish("two", 41)).isInstanceOf(QuotaExceededException.class);
    publish("two", 39);
    limit(List.of(), List.of(rule("*", 10)));
    publish("two", 38);
    assertThat(usage().contentBytes()).isEqualTo(98);
  }

  @Test
  void flists_of_unknown_size_are_read_once_and_the_size_survives_a_restart() throws IOException {
    publish("one", 5);
    Files.copy(SAMPLE, directory().resolve("by-hand.flist"));
    assertThat(quotas.usage(catalogue.flists(ALICE).values(), 0))
        .isEqualTo(new RepositoryUsage(2, 5, 1));

    RepositoryUsage whole = quotas.usage(catalogue.flists(ALICE).values(), 1);

    assertThat(whole.unmeasured()).isZero();
    assertThat(whole.contentBytes()).isGreaterThan(5);
    limit(List.of(), List.of());
    assertThat(quotas.usage(catalogue.flists(ALICE).values(), 0)).isEqualTo(whole);
  }

  @Test
  void a_copy_of_a_flist_counts_with_its_content() throws IOException {
    limit(List.of(), List.of(rule("*", 20)));
    byte[] flist = Files.readAllBytes(SAMPLE);
    assertThatThrownBy(
            () -> catalogue.publish(ALICE, FlistName.parse("copy"), out -> out.write(flist)))
        .isInstanceOf(QuotaExceededException.class);
    limit(List.of(), List.of(rule("*", 1L << 40)));
    catalogue.publish(ALICE, FlistName.parse("copy"), out -> out.write(flist));
    assertThat(usage().contentBytes()).isGreaterThan(20);
  }

  @Test
  void publications_at_the_same_time_do_not_exceed_the_quota_together() throws Exception {
    byte[] flist = Files.readAllBytes(SAMPLE);
    catalogue.publish(ALICE, FlistName.parse("flist-0"), out -> out.write(flist));
    long size = usage().contentBytes();
    limit(List.of(rule("*", 5)), List.of(rule("*", 3 * size + size / 2)));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> attempts = new ArrayList<>();
      for (int i = 1; i <= 16; i++) {
        FlistName name = FlistName.parse("flist-" + i);
        attempts.add(threads.submit(() -> isPublished(name, flist)));
      }
      int published = 0;
      for (Future<Boolean> attempt : attempts) {
        published += attempt.get() ? 1 : 0;
      }
      assertThat(published).isEqualTo(2);
      assertThat(usage()).isEqualTo(new RepositoryUsage(3, 3 * size, 0));
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isPublished(FlistName name, byte[] flist) throws IOException {
    try {
      catalogue.publish(ALICE, name, out -> out.write(flist));
      return true;
    } catch (QuotaExceededException e) {
      return false;
    }
  }
}
