package tf.grid.hub.space.mark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.shared.FrozenFlists;
import tf.grid.hub.catalogue.shared.FrozenFlists.FrozenFlist;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.space.mark.StoredFlists.StoredFlist;
import tf.grid.hub.space.mark.StoredFlists.UnreadableException;

/**
 * Reads every flist of a catalogue while it is in use. A flist that disappears before it is read
 * may live on under another name, so the catalogue is listed until nothing new is found; the last
 * listing and the reading of what it finds exclude renaming, copying and deleting. What is
 * published meanwhile has just been checked against the store, which counts as a use of its chunks.
 * For a single use; not thread-safe.
 */
public final class FlistMarker {
  /** With so few new flists, or after so many listings, the last listing is made. */
  private static final int FEW = 16;

  private static final int MAX_LISTINGS = 5;

  private final Catalogue catalogue;
  private final Path workDir;
  private final Consumer<String> steps;
  private final Set<StoredFlist> read = new HashSet<>();
  private final Map<String, Integer> repositories = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Integer> flists = new ArrayList<>();

  /**
   * Reads from a catalogue.
   *
   * @param workDir for databases of flists that do not fit in memory
   * @param steps gets what is being done, and may throw to stop it
   */
  public FlistMarker(Catalogue catalogue, Path workDir, Consumer<String> steps) {
    this.catalogue = catalogue;
    this.workDir = workDir;
    this.steps = steps;
  }

  /**
   * What was read.
   *
   * @param directories number of repositories, with flists or without
   * @param repositories names of those with flists, by the numbers of the owners
   * @param flistsOf number of flists by repository
   */
  public record Found(int directories, List<String> repositories, List<Integer> flistsOf) {
    /** Keeps copies. */
    public Found {
      repositories = List.copyOf(repositories);
      flistsOf = List.copyOf(flistsOf);
    }

    /** Number of all flists. */
    public int flists() {
      return flistsOf.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Gets references. */
  @FunctionalInterface
  public interface References {
    /** Gets a chunk and the number of the repository that refers to it, perhaps repeatedly. */
    void add(Block block, int repository);
  }

  /**
   * Reads all flists.
   *
   * @throws UnreadableException naming the first directory or flist that cannot be read
   */
  public Found markAll(References references) throws IOException {
    Path users = DirectoryCatalogue.of(catalogue).users().root();
    for (int listings = 1; listings <= MAX_LISTINGS; listings++) {
      if (readNew(StoredFlists.of(users), references) <= FEW) {
        break;
      }
    }
    return catalogue.whileNamesStay(
        () -> {
          StoredFlists.Listing last = StoredFlists.of(users);
          readNew(last, references);
          return new Found(last.repositories(), names, flists);
        });
  }

  /**
   * Reads all flists of a catalogue that several hubs change.
   *
   * @throws IOException naming the first flist that cannot be read
   */
  public Found markAll(FrozenFlists frozen, References references) throws IOException {
    int done = 0;
    for (FrozenFlist flist : frozen.all()) {
      done++;
      steps.accept("reading flist " + done + " of " + frozen.all().size());
      int repository = number(flist.repository());
      try (InputStream in = frozen.open(flist)) {
        read(in, repository, references);
      } catch (IOException e) {
        throw new UnreadableException(Path.of(flist.repository(), flist.name()), e);
      }
      flists.set(repository, flists.get(repository) + 1);
    }
    return new Found(frozen.repositories(), names, flists);
  }

  private void read(InputStream in, int repository, References references) throws IOException {
    try (FlistReader reader =
        FlistReader.open(in, workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN)) {
      reader.directories(listing -> addAll(listing, repository, references));
    }
  }

  /** Reads what was not read before, and returns how many flists that were. */
  private int readNew(StoredFlists.Listing listing, References references) throws IOException {
    Set<StoredFlist> fresh = new HashSet<>(listing.flists());
    fresh.removeAll(read);
    int done = 0;
    for (StoredFlist flist : fresh) {
      steps.accept("reading flist " + (read.size() + 1) + " of " + listing.flists().size());
      if (read(flist, references)) {
        read.add(flist);
      }
      done++;
    }
    return done;
  }

  /** Returns whether the file was still the listed one. */
  private boolean read(StoredFlist flist, References references) throws IOException {
    int repository = number(flist.repository());
    try (InputStream in = flist.open()) {
      read(in, repository, references);
      if (!FileIdentity.of(flist.file()).equals(flist.identity())) {
        return false;
      }
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new UnreadableException(flist.file(), e);
    }
    flists.set(repository, flists.get(repository) + 1);
    return true;
  }

  private static void addAll(DirectoryListing listing, int repository, References references) {
    for (Node node : listing.contents()) {
      if (node instanceof FileNode file) {
        for (Block block : file.blocks()) {
          references.add(block, repository);
        }
      }
    }
  }

  private int number(String repository) {
    return repositories.computeIfAbsent(
        repository,
        name -> {
          names.add(name);
          flists.add(0);
          return names.size() - 1;
        });
  }
}
