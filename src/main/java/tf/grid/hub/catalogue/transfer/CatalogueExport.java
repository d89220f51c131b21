package tf.grid.hub.catalogue.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.transfer.MovedEntry;
import tf.grid.hub.catalogue.postgresql.transfer.MovedRows;
import tf.grid.hub.catalogue.transfer.MoveReport.Kind;

/**
 * Copies the catalogue of a database into a users directory. What is there already is not written
 * again, so one that was interrupted is continued by another one. For one thread.
 */
public final class CatalogueExport {

  private final UsersDirectory users;
  private final MovedFiles files;
  private final Database database;
  private final boolean replace;
  private final MoveReport report;

  /**
   * Prepares one.
   *
   * @param users is created if necessary
   * @param replace whether to write over what is different in the directory
   */
  public CatalogueExport(
      UsersDirectory users, Database database, boolean replace, MoveReport report) {
    this.users = users;
    this.files = new MovedFiles(users);
    this.database = database;
    this.replace = replace;
    this.report = report;
  }

  /**
   * Copies everything.
   *
   * @throws IOException if the directory cannot be written or the database does not work
   */
  public void run() throws IOException {
    Files.createDirectories(users.root());
    for (MovedRows.Named found : ask(MovedRows::repositories)) {
      RepositoryName repository = new RepositoryName(found.name());
      Path named = users.root().resolve(repository.value());
      if (users.contains(repository)) {
        report.equal(Kind.REPOSITORIES);
      } else if (Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
        report.different(found.name(), "is no directory at the destination");
        continue;
      } else {
        Files.createDirectory(named);
        MovedFiles.sync(users.root());
        report.written(Kind.REPOSITORIES);
      }
      new Repository(repository).run(found.entry());
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T to(MovedRows rows) throws IOException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    return database.ask(connection -> question.to(new MovedRows(connection)));
  }

  @FunctionalInterface
  private interface Pages {
    List<MovedRows.Named> after(MovedRows rows, String name);
  }

  @FunctionalInterface
  private interface Consumer {
    void accept(MovedRows.Named row) throws IOException;
  }

  /** Visits all rows without keeping them. */
  private void visit(Pages pages, Consumer each) throws IOException {
    String after = "";
    while (true) {
      String last = after;
      List<MovedRows.Named> page = ask(rows -> pages.after(rows, last));
      if (page.isEmpty()) {
        return;
      }
      for (MovedRows.Named row : page) {
        each.accept(row);
        after = row.name();
      }
    }
  }

  /** The export of one repository. */
  private final class Repository {
    private final RepositoryName repository;

    Repository(RepositoryName repository) {
      this.repository = repository;
    }

    void run(MovedEntry wanted) throws IOException {
      Path directory = users.of(repository);
      MovedFiles.clean(directory);
      Set<String> names = new HashSet<>();
      boolean[] equal = {true};
      visit(
          (rows, after) -> rows.entries(repository, after),
          row -> {
            names.add(row.name());
            Kind kind = row.content().isPresent() ? Kind.FLISTS : Kind.LINKS;
            equal[0] &= place(Optional.empty(), kind, directory.resolve(row.name()), row);
          });
      for (MovedRows.Named tag : ask(rows -> rows.tags(repository))) {
        names.add(TagName.PREFIX + tag.name());
        equal[0] &= tag(new TagName(tag.name()), tag.entry());
      }
      finish(repository.value(), directory, names, equal[0], wanted);
    }

    private boolean tag(TagName tag, MovedEntry wanted) throws IOException {
      Path named = users.of(repository).resolve(tag.stored());
      String shown = repository + "/" + tag.stored();
      Optional<MovedFiles.Found> there = files.at(repository, Optional.empty(), named);
      if (there.isPresent() && !(there.get().entry() instanceof MovedEntry.Tag)) {
        report.different(shown, MovedFiles.difference(wanted, there.get().entry()));
        return false;
      }
      if (there.isEmpty()) {
        Files.createDirectory(named);
        report.written(Kind.TAGS);
      } else {
        report.equal(Kind.TAGS);
      }
      Path directory = users.of(repository, tag);
      MovedFiles.clean(directory);
      Set<String> names = new HashSet<>();
      boolean[] equal = {true};
      visit(
          (rows, after) -> rows.links(repository, tag, after),
          row -> {
            names.add(row.name());
            equal[0] &= place(Optional.of(tag), Kind.TAG_LINKS, directory.resolve(row.name()), row);
          });
      finish(shown, directory, names, equal[0], wanted);
      return equal[0];
    }

    /** Gives a directory its time, which has changed with each entry, if all is equal in it. */
    private void finish(
        String shown, Path directory, Set<String> names, boolean equal, MovedEntry wanted)
        throws IOException {
      boolean only = true;
      for (Path path : MovedFiles.in(directory)) {
        if (!names.contains(MovedFiles.name(path))) {
          only = false;
          report.elsewhere(shown + "/" + MovedFiles.name(path));
        }
      }
      MovedFiles.sync(directory);
      if (equal && only && MovedFiles.modified(directory) != wanted.modified()) {
        MovedFiles.setModified(directory, wanted.modified());
      }
    }

    /** Writes a flist or a link. Returns whether it is there now. */
    private boolean place(Optional<TagName> tag, Kind kind, Path target, MovedRows.Named row)
        throws IOException {
      String shown = repository + tag.map(in -> "/" + in.stored()).orElse("") + "/" + row.name();
      Optional<MovedEntry> there = files.at(repository, tag, target).map(MovedFiles.Found::entry);
      if (there.filter(row.entry()::equals).isPresent()) {
        report.equal(kind);
        return true;
      }
      if (there.isPresent() && (!replace || there.get() instanceof MovedEntry.Tag)) {
        report.different(shown, MovedFiles.difference(row.entry(), there.get()));
        return false;
      }
      try {
        write(target, row);
      } catch (MovedFiles.DamagedException | NoSuchFileException e) {
        report.unreadable(shown, "the database has not all of its bytes");
        return false;
      }
      if (there.isPresent()) {
        report.replaced(kind);
      } else {
        report.written(kind);
      }
      return true;
    }

    private void write(Path target, MovedRows.Named row) throws IOException {
      if (row.entry() instanceof MovedEntry.Link link) {
        MovedFiles.write(target, link);
      } else {
        MovedFiles.write(
            target,
            (MovedEntry.Flist) row.entry(),
            out ->
                ask(
                    rows -> {
                      rows.read(row.content().orElseThrow(), out);
                      return null;
                    }));
      }
    }
  }
}
