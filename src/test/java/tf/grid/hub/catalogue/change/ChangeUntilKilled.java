package tf.grid.hub.catalogue.change;

import static tf.grid.hub.catalogue.change.CatalogueOnDisk.ALICE;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.BOB;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.entry;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.flist;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.tag;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.tagLink;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process of its own that makes every kind of change in turn until it is killed, and prints a
 * character for each round. Argument: a directory.
 */
final class ChangeUntilKilled {
  static final String TEXT = "0123456789".repeat(10_000);

  private ChangeUntilKilled() {}

  public static void main(String[] arguments) throws IOException {
    CatalogueOnDisk disk = new CatalogueOnDisk(Path.of(arguments[0]));
    disk.publish(BOB, "tool", TEXT);
    // Whatever the last one left there.
    disk.publish(ALICE, "latest", TEXT);
    disk.flists.delete(ALICE, entry("latest"));
    while (true) {
      changeEverything(disk);
      System.out.print('r');
      System.out.flush();
    }
  }

  private static void changeEverything(CatalogueOnDisk disk) throws IOException {
    disk.flists.promote(ALICE, BOB, flist("tool"), flist("copy"));
    disk.links.link(ALICE, flist("copy"), flist("latest"));
    disk.links.crosslink(ALICE, flist("latest"), BOB, flist("tool"));
    disk.flists.rename(ALICE, entry("copy"), entry("latest"));
    disk.tags.add(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    disk.tags.add(ALICE, tag("v1"), flist("b"), BOB, flist("tool"));
    disk.tagLinks.link(BOB, tagLink("stable"), ALICE, tag("v1"));
    disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    disk.tags.remove(ALICE, tag("v1"), flist("b"), BOB, flist("tool"));
    disk.tagLinks.remove(BOB, tagLink("stable"), ALICE, tag("v1"));
    disk.flists.delete(ALICE, entry("latest"));
  }
}
