package tf.grid.hub.catalogue.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.Transaction;
import tf.grid.hub.catalogue.postgresql.transfer.MovedChange;
import tf.grid.hub.catalogue.postgresql.transfer.MovedEntry;
import tf.grid.hub.catalogue.postgresql.transfer.MovedRows;
import tf.grid.hub.catalogue.transfer.MoveReport.Kind;
import tf.grid.hub.http.file.Sha256;

/**
 * Copies a users directory into a database. What is there already is not written again, so one that
 * was interrupted is continued by another one. For one thread.
 */
public final class CatalogueImport {

  /** Java's replacement for invalid UTF-8, which the database could not give back. */
  private static final String NOT_UTF_8 = "\ufffd";

  private static final int MOST_ITEMS = 64;
  private static final long MOST_BYTES = 8 << 20;

  private final UsersDirectory users;
  private final MovedFiles files;
  private final Database database;
  private final boolean replace;
  private final MoveReport report;

  /**
   * Prepares one.
   *
   * @param users is only read
   * @param replace whether to write over what is different in the database
   */
  public CatalogueImport(
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
   * @throws IOException if the directory cannot be listed or the database does not work
   */
  public void run() throws IOException {
    for (Path path : MovedFiles.in(users.root())) {
      String name = MovedFiles.name(path);
      Optional<RepositoryName> repository =
          RepositoryName.ofStored(name).filter(found -> !name.contains(NOT_UTF_8));
      if (repository.isEmpty()) {
        report.skipped(name, "does not have the name of a repository");
      } else if (users.contains(repository.get())) {
        new Repository(repository.get()).run();
      } else {
        report.skipped(
            name,
            Files.isSymbolicLink(path)
                ? "is a link that the hub does not follow"
                : "is no directory");
      }
    }
  }

  @FunctionalInterface
  private interface Lookup {
    Optional<MovedEntry> in(MovedRows rows);
  }

  @FunctionalInterface
  private interface Writing {
    void in(MovedChange change) throws IOException;
  }

  /**
   * Something to be written unless it is there.
   *
   * @param lookup what is there
   */
  private record Item(String shown, Kind kind, MovedEntry wanted, Lookup lookup, Writing writing) {

    long bytes() {
      return wanted instanceof MovedEntry.Flist flist ? flist.size() : 0;
    }
  }

  /** What became of the items of a batch. */
  private record Outcome(List<Item> written, List<Item> replaced, List<Item> different) {

    Outcome() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  /** The import of one repository. */
  private final class Repository {
    private final RepositoryName repository;
    private final Set<String> names = new HashSet<>();
    private final List<Item> batch = new ArrayList<>();
    private long bytes;
    private long modified;

    Repository(RepositoryName repository) {
      this.repository = repository;
    }

    void run() throws IOException {
      Path directory = users.of(repository);
      Optional<List<Path>> paths = list(repository.value(), directory);
      if (paths.isEmpty()) {
        return;
      }
      modified = MovedFiles.modified(directory);
      boolean exists = database.ask(connection -> new MovedRows(connection).contains(repository));
      if (exists) {
        report.equal(Kind.REPOSITORIES);
      } else {
        write();
        report.written(Kind.REPOSITORIES);
      }
      for (Path path : paths.get()) {
        read(Optional.empty(), path);
      }
      flush();
      reportOthers();
    }

    private Optional<List<Path>> list(String shown, Path directory) {
      try {
        return Optional.of(MovedFiles.in(directory));
      } catch (IOException e) {
        report.unreadable(shown, e.toString());
        return Optional.empty();
      }
    }

    private void read(Optional<TagName> tag, Path path) throws IOException {
      String name = MovedFiles.name(path);
      String shown = repository + tag.map(in -> "/" + in.stored()).orElse("") + "/" + name;
      if (DirectoryCatalogue.isTemporary(path)) {
        report.skipped(shown, "is an unfinished publication");
        return;
      }
      Optional<MovedFiles.Found> found;
      try {
        found = files.at(repository, tag, path);
      } catch (IOException e) {
        report.unreadable(shown, e.toString());
        return;
      }
      if (found.isEmpty()) {
        report.skipped(shown, "is no file, directory or link");
      } else if (name.contains(NOT_UTF_8)) {
        report.skipped(shown, "has a name that is not UTF-8");
      } else if (found.get().entry() instanceof MovedEntry.Tag wanted) {
        tag(tag, shown, wanted, found.get().content());
      } else if (found.get().entry() instanceof MovedEntry.Link wanted) {
        link(tag, shown, name, wanted);
      } else {
        flist(tag, shown, path, found.get());
      }
    }

    private void tag(Optional<TagName> in, String shown, MovedEntry.Tag wanted, Path directory)
        throws IOException {
      Optional<TagName> tag = TagName.ofStored(MovedFiles.name(Path.of(shown)));
      if (in.isPresent() || tag.isEmpty()) {
        report.skipped(shown, "is a directory and no tag");
        return;
      }
      names.add(tag.get().stored());
      offer(
          new Item(
              shown,
              Kind.TAGS,
              wanted,
              rows -> rows.at(repository, tag.get()),
              change -> change.put(tag.get(), wanted)));
      for (Path path : list(shown, directory).orElse(List.of())) {
        read(tag, path);
      }
    }

    private void link(Optional<TagName> tag, String shown, String name, MovedEntry.Link wanted)
        throws IOException {
      if (FlistName.ofStored(name).isEmpty() && TagLinkName.ofStored(name).isEmpty()) {
        report.skipped(shown, "is a link without the name of a flist or a link to a tag");
      } else if (wanted.target().contains(NOT_UTF_8)) {
        report.skipped(shown, "is a link whose text is not UTF-8");
      } else if (tag.isPresent()) {
        offer(
            new Item(
                shown,
                Kind.TAG_LINKS,
                wanted,
                rows -> rows.at(repository, tag.get(), name),
                change -> change.put(tag.get(), name, wanted)));
      } else {
        names.add(name);
        offer(
            new Item(
                shown,
                Kind.LINKS,
                wanted,
                rows -> rows.at(repository, name),
                change -> change.put(name, wanted)));
      }
    }

    private void flist(Optional<TagName> tag, String shown, Path path, MovedFiles.Found found)
        throws IOException {
      String name = MovedFiles.name(path);
      if (tag.isPresent() || FlistName.ofStored(name).isEmpty()) {
        report.skipped(shown, tag.isPresent() ? "is no link" : "does not have the name of a flist");
        return;
      }
      MovedEntry.Flist wanted = (MovedEntry.Flist) found.entry();
      if (!found.content().equals(path)) {
        report.noted(shown, "is a link out of the repositories: its flist is copied");
      }
      names.add(name);
      offer(
          new Item(
              shown,
              Kind.FLISTS,
              wanted,
              rows -> rows.at(repository, name),
              change -> put(change, name, found)));
    }

    private void put(MovedChange change, String name, MovedFiles.Found found) throws IOException {
      MovedEntry.Flist wanted = (MovedEntry.Flist) found.entry();
      MessageDigest sha256 = Sha256.start();
      try (InputStream in = new DigestInputStream(Files.newInputStream(found.content()), sha256)) {
        change.put(name, wanted, in);
      }
      if (!HexFormat.of().formatHex(sha256.digest()).equals(wanted.sha256())) {
        throw new IOException(found.content() + " was changed while it was read");
      }
    }

    private void offer(Item item) throws IOException {
      Optional<MovedEntry> there =
          database.ask(connection -> item.lookup().in(new MovedRows(connection)));
      if (there.filter(item.wanted()::equals).isPresent()) {
        report.equal(item.kind());
      } else if (there.isPresent() && !replace) {
        report.different(item.shown(), MovedFiles.difference(item.wanted(), there.get()));
      } else {
        batch.add(item);
        bytes += item.bytes();
        if (batch.size() >= MOST_ITEMS || bytes >= MOST_BYTES) {
          flush();
        }
      }
    }

    private void flush() throws IOException {
      if (!batch.isEmpty()) {
        write();
      }
    }

    /** Writes the repository and what is in the batch. */
    private void write() throws IOException {
      Outcome outcome = database.change(repository, false, this::writeIn);
      outcome.written().forEach(item -> report.written(item.kind()));
      outcome.replaced().forEach(item -> report.replaced(item.kind()));
      outcome
          .different()
          .forEach(item -> report.different(item.shown(), "has just been published"));
      batch.clear();
      bytes = 0;
    }

    private Outcome writeIn(Transaction transaction) throws IOException {
      MovedChange change = new MovedChange(repository, modified, transaction);
      Outcome outcome = new Outcome();
      for (Item item : batch) {
        boolean exists = item.lookup().in(change.rows()).isPresent();
        if (exists && !replace) {
          outcome.different().add(item);
        } else {
          item.writing().in(change);
          (exists ? outcome.replaced() : outcome.written()).add(item);
        }
      }
      return outcome;
    }

    private void reportOthers() throws IOException {
      String after = "";
      while (true) {
        String last = after;
        List<MovedRows.Named> page =
            database.ask(connection -> new MovedRows(connection).entries(repository, last));
        if (page.isEmpty()) {
          return;
        }
        for (MovedRows.Named row : page) {
          if (!names.contains(row.name())) {
            report.elsewhere(repository + "/" + row.name());
          }
          after = row.name();
        }
      }
    }
  }
}
