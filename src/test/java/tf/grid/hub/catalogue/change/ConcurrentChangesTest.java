package tf.grid.hub.catalogue.change;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.ALICE;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.BOB;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.entry;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.flist;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Many threads that change the same and other repositories. */
class ConcurrentChangesTest {
  private static final int THREADS = 64;
  private static final int REPOSITORIES = 8;
  private static final int ROUNDS = 8;

  @TempDir Path data;
  private CatalogueOnDisk disk;

  @BeforeEach
  void open() throws IOException {
    disk = new CatalogueOnDisk(data);
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  @Test
  void links_made_and_removed_by_64_threads_in_8_repositories_are_where_they_belong()
      throws Exception {
    SortedMap<String, String> expected = new TreeMap<>();
    for (int i = 0; i < REPOSITORIES; i++) {
      disk.publish(repository(i), "tool", "tool " + i);
      expected.put("r" + i, "/");
      expected.put("r" + i + "/tool.flist", "tool " + i);
    }
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      work.add(() -> linkAndUnlink(thread));
      for (int round = 0; round < ROUNDS; round++) {
        String kept = "r%d/t%d-%d.flist".formatted(home(i, round), i, round);
        expected.put(kept, "-> ../r%d/tool.flist".formatted(target(i, round)));
      }
    }

    run(work);

    assertThat(disk.tree()).isEqualTo(expected);
  }

  private Void linkAndUnlink(int thread) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      RepositoryName home = repository(home(thread, round));
      RepositoryName other = repository(target(thread, round));
      String name = "t%d-%d".formatted(thread, round);
      disk.links.crosslink(home, flist(name + "-gone"), other, flist("tool"));
      disk.links.crosslink(home, flist(name), home, flist("tool"));
      disk.links.crosslink(home, flist(name), other, flist("tool"));
      disk.flists.delete(home, entry(name + "-gone"));
    }
    return null;
  }

  private static int home(int thread, int round) {
    return (thread + round) % REPOSITORIES;
  }

  private static int target(int thread, int round) {
    return (thread + 3 * round + 1) % REPOSITORIES;
  }

  private static RepositoryName repository(int number) {
    return new RepositoryName("r" + number);
  }

  @Test
  void a_link_never_replaces_a_flist_that_is_being_published() throws Exception {
    disk.publish(ALICE, "app", "app");
    AtomicBoolean done = new AtomicBoolean();
    Callable<Void> linker =
        () -> {
          while (!done.get()) {
            linkUnlessTaken();
          }
          return null;
        };
    Callable<Void> publisher =
        () -> {
          for (int i = 0; i < 200; i++) {
            disk.publish(ALICE, "x", "whole");
            assertThat(Files.isSymbolicLink(disk.path("alice.3bot/x.flist"))).isFalse();
            disk.flists.delete(ALICE, entry("x"));
          }
          done.set(true);
          return null;
        };

    run(List.of(linker, linker, publisher));
  }

  private void linkUnlessTaken() throws IOException {
    try {
      disk.links.link(ALICE, flist("app"), flist("x"));
    } catch (LinkConflictException taken) {
      assertThat(taken).hasMessage("link destination is already a file");
    }
  }

  @Test
  void of_writers_in_different_ways_one_wins_whole() throws Exception {
    disk.publish(BOB, "tool", "of bob");
    for (int round = 0; round < 50; round++) {
      disk.publish(ALICE, "old", "renamed");
      run(
          List.of(
              () -> publish("uploaded"),
              () -> publish("uploaded twice"),
              () -> {
                disk.flists.rename(ALICE, entry("old"), entry("x"));
                return null;
              },
              () -> {
                disk.flists.promote(ALICE, BOB, flist("tool"), flist("x"));
                return null;
              }));

      assertThat(disk.path("alice.3bot").toFile().list()).containsExactly("x.flist");
      assertThat(disk.tree().get("alice.3bot/x.flist"))
          .isIn("uploaded", "uploaded twice", "renamed", "of bob");
    }
  }

  private Void publish(String text) throws IOException {
    disk.publish(ALICE, "x", text);
    return null;
  }

  @Test
  void names_in_one_tag_neither_get_lost_nor_leave_an_empty_tag() throws Exception {
    disk.publish(BOB, "tool", "of bob");
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "n" + i;
      work.add(() -> addAndRemove(name));
    }

    run(work);

    assertThat(disk.tree()).containsOnlyKeys("alice.3bot", "bob.3bot", "bob.3bot/tool.flist");
  }

  private Void addAndRemove(String name) throws IOException {
    for (int round = 0; round < 30; round++) {
      disk.tags.add(ALICE, tag("v1"), flist(name), BOB, flist("tool"));
      assertThat(Files.isSymbolicLink(disk.path("alice.3bot/.tag-v1/" + name + ".flist"))).isTrue();
      disk.tags.remove(ALICE, tag("v1"), flist(name), BOB, flist("tool"));
    }
    return null;
  }

  @Test
  void a_repository_stays_if_one_change_fails_while_another_succeeds() throws Exception {
    disk.publish(BOB, "tool", "of bob");
    for (int round = 0; round < 50; round++) {
      RepositoryName own = repository(round);
      run(
          List.of(
              () -> {
                disk.links.crosslink(own, flist("x"), BOB, flist("tool"));
                return null;
              },
              () -> {
                failToPublish(own);
                return null;
              }));
      assertThat(disk.tree()).containsEntry(own + "/x.flist", "-> ../bob.3bot/tool.flist");
    }
  }

  private void failToPublish(RepositoryName own) throws IOException {
    try {
      disk.catalogue.publish(
          own,
          flist("y"),
          out -> {
            throw new FlistNotFoundException();
          });
    } catch (FlistNotFoundException expected) {
      assertThat(disk.path(own + "/y.flist")).doesNotExist();
    }
  }

  private static void run(List<Callable<Void>> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<Void> end : threads.invokeAll(work)) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
