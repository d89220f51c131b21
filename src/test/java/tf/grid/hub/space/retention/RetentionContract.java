package tf.grid.hub.space.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.NamePattern;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.space.retention.RetentionReport.Expired;
import tf.grid.hub.space.retention.RetentionRule.Keeping;
import tf.grid.hub.space.retention.RetentionRule.Newest;
import tf.grid.hub.space.retention.RetentionRule.WhileUsed;

/** What retention does, wherever the names and the counts of downloads are. */
abstract class RetentionContract {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final RepositoryName CI = new RepositoryName("ci");
  static final RepositoryName BOB = new RepositoryName("bob");
  static final Keeping MONTH = new WhileUsed(Duration.ofDays(30));

  @TempDir Path data;
  final HandClock clock = new HandClock(START);
  private final List<AuditEntry> audit = new ArrayList<>();
  Catalogue catalogue;
  DownloadCounts counts;
  private LinkChanges links;
  private TagChanges tags;

  @BeforeEach
  final void open() throws Exception {
    openCatalogue();
    Listings listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    links = new LinkChanges(catalogue);
    tags = new TagChanges(catalogue, new Dependents(catalogue, listings));
  }

  /** Sets the catalogue and the counts, which begin at the start. */
  abstract void openCatalogue() throws Exception;

  /** Gives a flist another time. */
  abstract void setTime(RepositoryName repository, String name, Instant time) throws IOException;

  static FlistName flist(String name) {
    return FlistName.parse(name);
  }

  /** A flist that was published on this day after the start. */
  final void publish(RepositoryName repository, String name, int day) throws IOException {
    catalogue.publish(repository, flist(name), out -> out.write(name.getBytes(UTF_8)));
    setTime(repository, name, START.plus(Duration.ofDays(day)));
  }

  final Path file(RepositoryName repository, String name) {
    return catalogue.path(EntryPath.of(repository, flist(name)));
  }

  static RetentionRule rule(String repositories, String flists, Keeping keeping) {
    return new RetentionRule(NamePattern.of(repositories), NamePattern.of(flists), keeping);
  }

  final Retention retention(RetentionRule... rules) {
    return new Retention(List.of(rules), catalogue, counts, audit::add, clock);
  }

  final RetentionReport run(boolean dryRun, RetentionRule... rules) throws IOException {
    return retention(rules).run(AccountName.ADMINISTRATOR, dryRun, step -> {});
  }

  final List<String> left(RepositoryName repository) {
    return List.copyOf(catalogue.reader(Clock.systemUTC()).read().get(repository).items().keySet());
  }

  @Test
  void a_flist_is_kept_for_some_time_after_the_last_download_or_change() throws IOException {
    for (String name : List.of("old", "downloaded", "changed")) {
      publish(CI, name, 0);
    }
    publish(BOB, "of-another", 0);
    clock.pass(Duration.ofDays(20));
    counts.downloaded(file(CI, "downloaded"));
    publish(CI, "changed", 20);
    clock.pass(Duration.ofDays(9));
    assertThat(run(false, rule("ci", "*", MONTH)).expired()).isZero();
    clock.pass(Duration.ofDays(2));

    RetentionReport dry = run(true, rule("ci", "*", MONTH));

    assertThat(dry.listed()).extracting(Expired::flist).containsExactly("ci/old.flist");
    assertThat(dry.deleted()).isZero();
    assertThat(left(CI)).hasSize(3);
    RetentionReport report = run(false, rule("ci", "*", MONTH));
    assertThat(report.flists()).isEqualTo(3);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(left(CI)).containsExactly("changed.flist", "downloaded.flist");
    assertThat(left(BOB)).containsExactly("of-another.flist");
    assertThat(audit).hasSize(1);
    assertThat(audit.get(0).names())
        .containsEntry("name", "old.flist")
        .containsEntry("rule", "ci/*=P30D");
    assertThat(audit.get(0).account()).hasValue("ci");
  }

  @Test
  void nothing_is_deleted_because_of_downloads_before_they_were_counted() throws IOException {
    publish(CI, "old", -400);
    clock.pass(Duration.ofDays(29));
    assertThat(run(false, rule("*", "*", MONTH)).expired()).isZero();
    clock.pass(Duration.ofDays(2));
    assertThat(run(false, rule("*", "*", MONTH)).deleted()).isEqualTo(1);
  }

  @Test
  void the_newest_of_each_repository_are_kept_and_what_any_rule_keeps() throws IOException {
    for (int day = 1; day <= 4; day++) {
      publish(CI, "build-" + day, day);
      publish(BOB, "build-" + day, day);
    }
    publish(CI, "release", 1);
    counts.downloaded(file(CI, "build-1"));
    clock.pass(Duration.ofDays(20));
    counts.downloaded(file(CI, "build-1"));
    clock.pass(Duration.ofDays(20));

    run(false, rule("*", "build-*", new Newest(2)), rule("ci", "*-1", MONTH));

    assertThat(left(CI))
        .containsExactly("build-1.flist", "build-3.flist", "build-4.flist", "release.flist");
    assertThat(left(BOB)).containsExactly("build-3.flist", "build-4.flist");
  }

  @Test
  void of_flists_that_changed_within_a_second_the_later_one_is_newer() throws IOException {
    for (int millis : new int[] {100, 700, 300}) {
      publish(CI, "at-" + millis, 0);
      setTime(CI, "at-" + millis, START.plusMillis(millis));
    }
    run(false, rule("ci", "*", new Newest(1)));
    assertThat(left(CI)).containsExactly("at-700.flist");
  }

  @Test
  void what_a_link_or_a_tag_leads_to_is_kept() throws IOException {
    for (String name : List.of("tagged", "crosslinked", "linked", "free")) {
      publish(CI, name, 0);
    }
    tags.add(BOB, new TagName("v1"), flist("x"), CI, flist("tagged"));
    links.crosslink(BOB, flist("cross"), CI, flist("crosslinked"));
    links.link(CI, flist("linked"), flist("latest"));
    clock.pass(Duration.ofDays(99));

    RetentionReport report = run(false, rule("*", "*", MONTH));

    assertThat(report.linked()).isEqualTo(3);
    assertThat(left(CI))
        .containsExactly("crosslinked.flist", "latest.flist", "linked.flist", "tagged.flist");
  }

  @Test
  void what_changes_after_the_first_look_is_kept() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      publish(CI, name, 0);
    }
    clock.pass(Duration.ofDays(99));
    Retention retention = retention(rule("*", "*", MONTH));

    RetentionReport report =
        retention.run(
            AccountName.ADMINISTRATOR,
            false,
            step -> {
              if (step.startsWith("deleting")) {
                meanwhile();
              }
            });

    assertThat(report.expired()).isEqualTo(5);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(left(CI)).containsExactly("a.flist", "b.flist", "c.flist");
  }

  private void meanwhile() {
    try {
      counts.downloaded(file(CI, "a"));
      publish(CI, "b", 0);
      tags.add(BOB, new TagName("v1"), flist("x"), CI, flist("c"));
      catalogue.change(
          CI,
          open -> {
            open.remove("d.flist");
            return null;
          });
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
