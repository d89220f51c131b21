package tf.grid.hub.catalogue.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.ALICE;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.BOB;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.entry;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.flist;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.tag;
import static tf.grid.hub.catalogue.contract.ChangedCatalogue.tagLink;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.Catalogue.PublishedFlist;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.quota.ContentSizes;
import tf.grid.hub.catalogue.quota.QuotaExceededException;
import tf.grid.hub.catalogue.quota.QuotaRule;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.statistics.DownloadCount;
import tf.grid.hub.limit.ReadLimit;

/** What every catalogue does, wherever it keeps its names. */
abstract class CatalogueContract {

  @TempDir Path data;
  private ChangedCatalogue hub;

  /** Opens an empty catalogue. */
  abstract ChangedCatalogue open(Path data, Optional<Quotas> quotas) throws Exception;

  @BeforeEach
  void start() throws Exception {
    hub = open(data, Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    hub.close();
  }

  @Test
  void a_published_flist_makes_its_repository_and_is_found_at_once() throws IOException {
    PublishedFlist published =
        hub.catalogue.publish(ALICE, flist("app"), out -> out.write("hello".getBytes(UTF_8)));

    assertThat(published)
        .isEqualTo(new PublishedFlist(ALICE, flist("app"), 5, "5d41402abc4b2a76b9719d911017c592"));
    assertThat(hub.tree()).isEqualTo(Map.of("alice.3bot", "/", "alice.3bot/app.flist", "hello"));
    assertThat(hub.text(ALICE, "app")).isEqualTo("hello");
    assertThat(hub.listings.current().snapshot().flists(ALICE)).isEqualTo(1);
    assertThat(hub.events)
        .containsExactly(new FlistPublished(ALICE, "app.flist", 5, published.md5()));
  }

  @Test
  void a_flist_of_several_megabytes_and_an_empty_one_come_back_whole() throws IOException {
    byte[] large = new byte[3_500_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 256);
    }
    hub.catalogue.publish(ALICE, flist("large"), out -> out.write(large));
    hub.catalogue.publish(ALICE, flist("empty"), out -> {});

    LocatedFlist found = hub.catalogue.entries().locate(ALICE, flist("large"));
    try (FileChannel file = found.open()) {
      assertThat(Channels.newInputStream(file).readAllBytes()).isEqualTo(large);
    }
    assertThat(found.version().size()).isEqualTo(large.length);
    assertThat(hub.text(ALICE, "empty")).isEmpty();
  }

  @Test
  void a_flist_that_is_published_again_is_another_version() throws IOException {
    hub.publish(ALICE, "app", "old");
    LocatedFlist found = hub.catalogue.entries().locate(ALICE, flist("app"));
    ContentVersion before = found.version();
    try (FileChannel open = found.open(before).orElseThrow()) {
      hub.publish(ALICE, "app", "new!");

      assertThat(found.version()).isNotEqualTo(before);
      assertThat(found.open(before)).isEmpty();
      assertThat(hub.text(ALICE, "app")).isEqualTo("new!");
      assertThat(Channels.newInputStream(open).readAllBytes()).asString().isEqualTo("old");
    }
    assertThat(hub.tree()).hasSize(2);
  }

  @Test
  void content_that_fails_leaves_the_old_flist_and_no_new_repository() throws IOException {
    hub.publish(ALICE, "app", "old");
    hub.events.clear();
    for (RepositoryName repository : List.of(ALICE, BOB)) {
      assertThatThrownBy(
              () ->
                  hub.catalogue.publish(
                      repository,
                      flist("app"),
                      out -> {
                        out.write(new byte[10_000]);
                        throw new IOException("half way");
                      }))
          .hasMessage("half way");
    }
    assertThat(hub.tree()).isEqualTo(Map.of("alice.3bot", "/", "alice.3bot/app.flist", "old"));
    assertThat(hub.events).isEmpty();
  }

  @Test
  void a_flist_published_over_a_link_replaces_the_link() throws IOException {
    hub.publish(BOB, "tool", "of bob");
    hub.links.crosslink(ALICE, flist("tool"), BOB, flist("tool"));

    hub.publish(ALICE, "tool", "of alice");

    assertThat(hub.text(ALICE, "tool")).isEqualTo("of alice");
    assertThat(hub.text(BOB, "tool")).isEqualTo("of bob");
  }

  @Test
  void links_are_followed_over_links_and_repositories_and_may_dangle() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.links.link(ALICE, flist("app"), flist("latest"));
    hub.links.crosslink(BOB, flist("far"), ALICE, flist("latest"));
    hub.rawLink(BOB, "lost.flist", "gone.flist");

    assertThat(hub.text(BOB, "far")).isEqualTo("app");
    assertThat(hub.catalogue.entries().locate(BOB, flist("far")).link().orElseThrow().target())
        .isEqualTo("../alice.3bot/latest.flist");
    assertThat(hub.tree()).containsEntry("alice.3bot/latest.flist", "-> app.flist");
    assertThatThrownBy(() -> hub.text(BOB, "lost")).isInstanceOf(FlistNotFoundException.class);
    assertThatThrownBy(() -> hub.text(new RepositoryName("nobody"), "app"))
        .isInstanceOf(RepositoryNotFoundException.class);
  }

  @Test
  void a_link_never_replaces_a_file_nor_leads_to_itself() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.publish(ALICE, "tool", "tool");
    hub.links.link(ALICE, flist("app"), flist("a"));
    hub.links.link(ALICE, flist("a"), flist("b"));

    assertThatThrownBy(() -> hub.links.link(ALICE, flist("app"), flist("tool")))
        .isInstanceOf(LinkConflictException.class);
    assertThatThrownBy(() -> hub.links.link(ALICE, flist("b"), flist("a")))
        .isInstanceOf(LinkConflictException.class);
    assertThatThrownBy(() -> hub.links.crosslink(BOB, flist("x"), ALICE, flist("gone")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(hub.catalogue.items().contains(BOB)).isFalse();
  }

  @Test
  void a_link_replaces_a_link() throws IOException {
    hub.publish(ALICE, "one", "1");
    hub.publish(ALICE, "two", "2");
    hub.links.link(ALICE, flist("one"), flist("latest"));
    hub.links.link(ALICE, flist("two"), flist("latest"));
    assertThat(hub.text(ALICE, "latest")).isEqualTo("2");
  }

  @Test
  void flists_links_and_links_to_tags_are_renamed_and_replace_what_has_the_name()
      throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.publish(ALICE, "old", "old");
    hub.tags.add(ALICE, tag("v1"), flist("app"), ALICE, flist("app"));
    hub.tagLinks.link(ALICE, tagLink("stable"), ALICE, tag("v1"));
    hub.rawLink(ALICE, "lost.flist", "gone.flist");

    hub.flists.rename(ALICE, entry("app"), entry("old"));
    hub.flists.rename(ALICE, entry("lost"), entry("found"));
    hub.flists.rename(ALICE, entry("stable"), entry("steady"));
    hub.flists.rename(ALICE, entry("old"), entry("old"));

    assertThat(hub.tree())
        .isEqualTo(
            Map.of(
                "alice.3bot", "/",
                "alice.3bot/old.flist", "app",
                "alice.3bot/found.flist", "-> gone.flist",
                "alice.3bot/steady", "-> ../alice.3bot/.tag-v1",
                "alice.3bot/.tag-v1", "/",
                "alice.3bot/.tag-v1/app.flist", "-> ../../alice.3bot/app.flist"));
    assertThatThrownBy(() -> hub.flists.rename(ALICE, entry("gone"), entry("x")))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @Test
  void downloads_are_counted_by_name_also_when_the_flist_is_replaced() throws IOException {
    hub.publish(ALICE, "app", "one");
    Path app = hub.catalogue.path(EntryPath.of(ALICE, flist("app")));
    assertThat(hub.counts.of(app)).isEqualTo(DownloadCount.NONE);
    hub.counts.downloaded(app);
    hub.counts.flush();
    hub.counts.downloaded(app);
    hub.publish(ALICE, "app", "two");
    hub.counts.flush();
    hub.counts.downloaded(app);
    long last = hub.counts.of(app).last();
    hub.counts.used(app);

    assertThat(hub.counts.of(app).downloads()).isEqualTo(3);
    assertThat(hub.counts.exactly(app).downloads()).isEqualTo(3);
    assertThat(hub.counts.of(app).last()).isGreaterThanOrEqualTo(last);
    assertThat(hub.counts.since()).isBeforeOrEqualTo(Instant.ofEpochSecond(last));
  }

  @Test
  void counts_follow_a_renamed_flist_and_end_with_a_deleted_one() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.publish(ALICE, "old", "old");
    Path app = hub.catalogue.path(EntryPath.of(ALICE, flist("app")));
    Path old = hub.catalogue.path(EntryPath.of(ALICE, flist("old")));
    hub.counts.downloaded(app);
    hub.counts.downloaded(old);
    hub.counts.flush();
    hub.counts.downloaded(app);
    hub.counts.downloaded(old);

    hub.flists.rename(ALICE, entry("app"), entry("old"));
    assertThat(hub.counts.of(old).downloads()).isEqualTo(2);
    assertThat(hub.counts.of(app)).isEqualTo(DownloadCount.NONE);
    hub.counts.flush();
    assertThat(hub.counts.of(old).downloads()).isEqualTo(2);

    hub.counts.downloaded(old);
    hub.flists.delete(ALICE, entry("old"));
    hub.counts.flush();
    hub.publish(ALICE, "old", "new");
    assertThat(hub.counts.of(old)).isEqualTo(DownloadCount.NONE);
  }

  @Test
  void what_is_deleted_names_the_links_that_break() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.links.crosslink(BOB, flist("far"), ALICE, flist("app"));

    assertThat(hub.flists.delete(ALICE, entry("app")).broken())
        .containsExactly(EntryPath.of(BOB, flist("far")));

    assertThat(hub.tree())
        .isEqualTo(
            Map.of(
                "alice.3bot", "/",
                "bob.3bot", "/",
                "bob.3bot/far.flist", "-> ../alice.3bot/app.flist"));
    assertThatThrownBy(() -> hub.flists.delete(ALICE, entry("app")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThatThrownBy(() -> hub.flists.delete(new RepositoryName("nobody"), entry("app")))
        .isInstanceOf(RepositoryNotFoundException.class);
  }

  @Test
  void a_promoted_flist_is_a_copy_that_stays_when_the_first_changes() throws IOException {
    hub.publish(ALICE, "app", "one");
    hub.links.link(ALICE, flist("app"), flist("latest"));

    hub.flists.promote(BOB, ALICE, flist("latest"), flist("copy"));
    hub.publish(ALICE, "app", "two");

    assertThat(hub.text(BOB, "copy")).isEqualTo("one");
    assertThat(hub.tree()).containsEntry("bob.3bot/copy.flist", "one");
    assertThatThrownBy(() -> hub.flists.promote(BOB, ALICE, flist("gone"), flist("x")))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @Test
  void a_tag_is_filled_followed_through_a_link_and_goes_with_its_last_name() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.publish(ALICE, "tool", "tool");
    hub.tags.add(BOB, tag("v1"), flist("app"), ALICE, flist("app"));
    hub.tags.add(BOB, tag("v1"), flist("t"), ALICE, flist("tool"));
    hub.tags.add(BOB, tag("v1"), flist("t"), ALICE, flist("app"));
    hub.tagLinks.link(ALICE, tagLink("stable"), BOB, tag("v1"));

    assertThat(hub.catalogue.entries().tagBehind(ALICE, tagLink("stable")))
        .isEqualTo(EntryPath.of(BOB, tag("v1")));
    assertThat(hub.catalogue.items().linksIn(BOB, tag("v1")))
        .containsExactlyInAnyOrder("app.flist", "t.flist");
    assertThat(hub.catalogue.entries().locate(BOB, tag("v1"), flist("t")).version().size())
        .isEqualTo(3);

    hub.tags.remove(BOB, tag("v1"), flist("app"));
    assertThat(hub.tree()).containsKey("bob.3bot/.tag-v1");
    assertThat(hub.tags.remove(BOB, tag("v1"), flist("t")).broken())
        .containsExactly(new EntryPath(ALICE, Optional.empty(), "stable"));
    assertThat(hub.tree()).doesNotContainKey("bob.3bot/.tag-v1");
    assertThatThrownBy(() -> hub.catalogue.entries().tagBehind(ALICE, tagLink("stable")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(hub.catalogue.entries().tagNamedBy(ALICE, tagLink("stable")))
        .isEqualTo(EntryPath.of(BOB, tag("v1")));
  }

  @Test
  void a_tag_is_removed_with_all_that_is_in_it() throws IOException {
    hub.publish(ALICE, "app", "app");
    hub.tags.add(ALICE, tag("v1"), flist("app"), ALICE, flist("app"));
    hub.tags.add(ALICE, tag("v2"), flist("app"), ALICE, flist("app"));

    hub.tags.remove(ALICE, tag("v1"));

    assertThat(hub.tree())
        .containsOnlyKeys(
            "alice.3bot",
            "alice.3bot/app.flist",
            "alice.3bot/.tag-v2",
            "alice.3bot/.tag-v2/app.flist");
    assertThatThrownBy(() -> hub.tags.remove(ALICE, tag("v1")))
        .isInstanceOf(SourceNotFoundException.class);
    assertThatThrownBy(() -> hub.tagLinks.link(ALICE, tagLink("stable"), ALICE, tag("v1")))
        .isInstanceOf(SourceNotFoundException.class);
  }

  @Test
  void every_change_of_names_is_told_in_order() throws IOException {
    hub.catalogue.changeOrMake(
        ALICE,
        open -> {
          open.link("a.flist", "app.flist");
          assertThat(open.at("a.flist").orElseThrow())
              .isInstanceOfSatisfying(
                  StoredItem.Link.class,
                  link -> {
                    assertThat(link.target()).isEqualTo("app.flist");
                    assertThat(link.size()).isEqualTo(9);
                  });
          open.rename("a.flist", "b.flist");
          open.rename("b.flist", "b.flist");
          open.remove("b.flist");
          open.link(tag("v1"), flist("app"), "../../alice.3bot/app.flist");
          open.link(tag("v1"), flist("two"), "../../alice.3bot/app.flist");
          assertThat(open.at(tag("v1"), "two.flist")).isPresent();
          assertThat(open.at(".tag-v1").orElseThrow()).isInstanceOf(StoredItem.Directory.class);
          assertThat(open.remove(tag("v1"), "two.flist")).isFalse();
          open.remove(tag("v1"));
          return open;
        });
    assertThat(hub.events)
        .containsExactly(
            new Linked(ALICE, "a.flist", "app.flist"),
            new Renamed(ALICE, "a.flist", "b.flist"),
            new Deleted(ALICE, "b.flist"),
            new TagChanged(ALICE, tag("v1")),
            new TagChanged(ALICE, tag("v1")),
            new TagChanged(ALICE, tag("v1")),
            new TagChanged(ALICE, tag("v1")));
  }

  @Test
  void what_is_not_there_is_not_removed_and_a_refused_change_leaves_no_repository() {
    assertThatThrownBy(
            () ->
                hub.catalogue.changeOrMake(
                    BOB,
                    open -> {
                      open.remove("none.flist");
                      return open;
                    }))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> hub.catalogue.change(BOB, open -> open))
        .isInstanceOf(RepositoryNotFoundException.class);
    assertThat(hub.catalogue.items().contains(BOB)).isFalse();
  }

  @Test
  void only_an_empty_repository_is_removed() throws IOException {
    hub.publish(ALICE, "app", "app");
    assertThat(hub.catalogue.removeIfEmpty(ALICE)).isFalse();

    hub.flists.delete(ALICE, entry("app"));
    assertThat(hub.catalogue.items().contains(ALICE)).isTrue();
    assertThat(hub.catalogue.removeIfEmpty(ALICE)).isTrue();
    assertThat(hub.catalogue.removeIfEmpty(ALICE)).isFalse();
    assertThat(hub.catalogue.items().contains(ALICE)).isFalse();
  }

  @Test
  void every_change_moves_the_counter_and_the_listing() throws IOException {
    hub.publish(ALICE, "app", "app");
    List<IoRunnable> changes =
        List.of(
            () -> hub.links.link(ALICE, flist("app"), flist("l")),
            () -> hub.tags.add(ALICE, tag("v1"), flist("app"), ALICE, flist("app")),
            () -> hub.flists.rename(ALICE, entry("l"), entry("m")),
            () -> hub.flists.delete(ALICE, entry("m")),
            () -> hub.tags.remove(ALICE, tag("v1")));
    for (IoRunnable change : changes) {
      long before = hub.catalogue.changes();
      var listing = hub.listings.current().everything();
      change.run();
      assertThat(hub.catalogue.changes()).isGreaterThan(before);
      assertThat(hub.listings.current().everything()).isNotSameAs(listing);
    }
  }

  private interface IoRunnable {
    void run() throws IOException;
  }

  @Test
  void publishers_of_one_name_leave_one_whole_flist_and_readers_see_only_whole_ones()
      throws Exception {
    hub.publish(ALICE, "app", "a");
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] content = new byte[40_000 + i];
      Arrays.fill(content, (byte) ('a' + i));
      work.add(
          () -> {
            for (int round = 0; round < 5; round++) {
              hub.catalogue.publish(ALICE, flist("app"), out -> out.write(content));
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<Void> reader =
          threads.submit(
              () -> {
                while (!done.get()) {
                  assertThat(hub.text(ALICE, "app").chars().distinct().count()).isEqualTo(1);
                }
                return null;
              });
      for (Future<Void> publisher : threads.invokeAll(work)) {
        publisher.get();
      }
      done.set(true);
      reader.get();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(hub.tree()).hasSize(2);
  }

  @Test
  void of_two_changes_of_one_name_none_is_lost() throws Exception {
    hub.publish(ALICE, "app", "app");
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      FlistName name = flist("link" + i);
      work.add(
          () -> {
            hub.links.link(ALICE, flist("app"), name);
            hub.tags.add(ALICE, tag("v1"), name, ALICE, flist("app"));
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<Void> change : threads.invokeAll(work)) {
        change.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(hub.tree()).hasSize(1 + 1 + 12 + 1 + 12);
  }

  @Test
  void while_names_stay_nothing_is_renamed_but_flists_are_published() throws Exception {
    hub.publish(ALICE, "app", "app");
    CountDownLatch renaming = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Void> rename =
          hub.catalogue.whileNamesStay(
              () -> {
                Future<Void> started =
                    threads.submit(
                        () -> {
                          renaming.countDown();
                          hub.flists.rename(ALICE, entry("app"), entry("other"));
                          return null;
                        });
                await(renaming);
                hub.publish(BOB, "new", "new");
                assertThat(hub.text(ALICE, "app")).isEqualTo("app");
                hub.catalogue.change(
                    BOB,
                    open -> {
                      open.remove("new.flist");
                      return null;
                    });
                assertThat(started.isDone()).isFalse();
                return started;
              });
      rename.get(1, TimeUnit.MINUTES);
    } finally {
      threads.shutdownNow();
    }
    assertThat(hub.tree())
        .isEqualTo(Map.of("alice.3bot", "/", "alice.3bot/other.flist", "app", "bob.3bot", "/"));
  }

  @Test
  void a_quota_holds_among_publishers_at_the_same_time() throws Exception {
    Path own = Files.createDirectory(data.resolve("quota"));
    try (ContentSizes sizes =
            new ContentSizes(
                own.resolve("sizes"), own, new ReadLimit(2, 10, Duration.ofMinutes(1)));
        ChangedCatalogue limited =
            open(
                own,
                Optional.of(
                    new Quotas(
                        List.of(new QuotaRule(NamePattern.of("*"), OptionalLong.of(3))),
                        List.of(),
                        sizes)))) {
      limited.publish(ALICE, "app", "1");
      ExecutorService threads = Executors.newFixedThreadPool(6);
      int refused = 0;
      try {
        List<Future<Void>> publishers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          String name = "more" + i;
          publishers.add(
              threads.submit(
                  () -> {
                    limited.publish(ALICE, name, name);
                    return null;
                  }));
        }
        for (Future<Void> publisher : publishers) {
          try {
            publisher.get();
          } catch (ExecutionException full) {
            assertThat(full).hasCauseInstanceOf(QuotaExceededException.class);
            refused++;
          }
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(refused).isEqualTo(4);
      assertThat(limited.catalogue.flists(ALICE)).hasSize(3);
      assertThatThrownBy(() -> limited.catalogue.refuseFull(ALICE, flist("new")))
          .isInstanceOf(QuotaExceededException.class);
      limited.publish(ALICE, "app", "2");
      assertThat(limited.text(ALICE, "app")).isEqualTo("2");
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
