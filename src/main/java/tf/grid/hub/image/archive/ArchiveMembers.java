package tf.grid.hub.image.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.flist.Name;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.layer.PackedLayer;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.InvalidReferenceException;

/**
 * The files of an image archive by path, in any order. Layers are processed while they are read,
 * without temporary files; documents are kept in memory up to a limit. Not thread-safe.
 */
final class ArchiveMembers {
  private static final int START = 512;
  private static final int MAGIC = 257;
  private static final int MOST_MEMBERS = 20_000;
  private static final int MOST_HOPS = 8;
  private static final Name BLOBS = Name.of("blobs");

  /** Blobs are at {@code blobs/<algorithm>/<digits>}. */
  private static final int NAMES_OF_BLOB = 3;

  private final LayeredBuild build;
  private final ArchiveLimits limits;
  private final SafePath directory;
  private final Map<SafePath, ArchiveMember> files;
  private final Map<SafePath, SafePath> links;
  private int entries;

  ArchiveMembers(LayeredBuild build, ArchiveLimits limits) {
    this(build, limits, new SafePath(List.of()), new HashMap<>(), new HashMap<>());
  }

  private ArchiveMembers(
      LayeredBuild build,
      ArchiveLimits limits,
      SafePath directory,
      Map<SafePath, ArchiveMember> files,
      Map<SafePath, SafePath> links) {
    this.build = build;
    this.limits = limits;
    this.directory = directory;
    this.files = files;
    this.links = links;
  }

  /** The same files, with paths relative to a directory of the archive. */
  ArchiveMembers within(SafePath other) {
    return new ArchiveMembers(build, limits, other, files, links);
  }

  /** The paths of all files and links in the whole archive. */
  Stream<SafePath> paths() {
    return Stream.concat(files.keySet().stream(), links.keySet().stream());
  }

  /** The names of the subdirectories. */
  Stream<String> directories() {
    int depth = directory.names().size();
    return paths()
        .map(SafePath::names)
        .filter(names -> names.size() > depth + 1)
        .filter(names -> names.subList(0, depth).equals(directory.names()))
        .map(names -> names.get(depth).toString())
        .distinct();
  }

  /** Whether a path has this last name and is a document that contains a list. */
  boolean isList(SafePath path, Name last) {
    return path.last().equals(last)
        && files.get(path) instanceof ArchiveMember.Document document
        && new String(document.json(), StandardCharsets.UTF_8).stripLeading().startsWith("[");
  }

  void readAll(TarReader tar) throws IOException, ArchiveException {
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      add(entry, tar);
    }
  }

  /** The member at a path, following links inside the archive. */
  Optional<ArchiveMember> at(String path) throws ArchiveException {
    List<Name> names = new ArrayList<>(directory.names());
    names.addAll(SafePath.of(Name.of(path), limits).names());
    SafePath place = new SafePath(names);
    for (int hop = 0; hop < MOST_HOPS && links.containsKey(place); hop++) {
      place = links.get(place);
    }
    return Optional.ofNullable(files.get(place));
  }

  /** The member with a digest, at its path in an OCI layout. */
  Optional<ArchiveMember> blob(Digest digest) throws ArchiveException {
    return at("blobs/" + digest.toString().replace(':', '/'));
  }

  /** The bytes of a document, if it exists. */
  Optional<byte[]> document(String path) throws ArchiveException {
    return at(path).map(ArchiveMembers::json);
  }

  static byte[] json(ArchiveMember member) {
    return member instanceof ArchiveMember.Document document ? document.json() : null;
  }

  private void add(TarEntry entry, TarReader tar) throws IOException, ArchiveException {
    SafePath path = SafePath.of(entry.path(), limits);
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      return;
    }
    if (path.isRoot()) {
      path.refuseAsRoot(entry);
    }
    if (++entries > MOST_MEMBERS) {
      throw new ArchiveException(
          "the archive has more than "
              + MOST_MEMBERS
              + " files, and is no image; "
              + ArchiveContents.FILE_SYSTEM);
    }
    build.reserve(START);
    switch (entry.type()) {
      case FILE -> put(path, file(path, entry, tar));
      case SYMBOLIC_LINK -> put(path, LinkTarget.of(path, entry.target(), limits));
      case HARD_LINK -> put(path, SafePath.of(entry.target(), limits));
      default ->
          throw new ArchiveException(
              "the archive has a device or pipe, which no image has: "
                  + path
                  + "; "
                  + ArchiveContents.FILE_SYSTEM);
    }
  }

  /** A later entry replaces an earlier one with the same path, as in Docker. */
  private void put(SafePath path, ArchiveMember file) {
    links.remove(path);
    files.put(path, file);
  }

  private void put(SafePath path, SafePath target) {
    // GNU tar may write a file that was named twice as a hard link to itself.
    if (!target.equals(path)) {
      files.remove(path);
      links.put(path, target);
    }
  }

  private ArchiveMember file(SafePath path, TarEntry entry, TarReader tar)
      throws IOException, ArchiveException {
    Optional<Digest> digest = digestOf(path);
    MessageDigest computation =
        digest.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256).computation();
    InputStream content = new EntryStream(tar, entry.size());
    InputStream checked =
        digest.isPresent() ? new DigestInputStream(content, computation) : content;
    ArchiveMember member = member(checked, entry.size());
    if (digest.isPresent() && !(member instanceof ArchiveMember.Unusable)) {
      Digest found = Digest.finished(digest.get().algorithm(), computation.digest());
      if (!found.equals(digest.get())) {
        return wrongDigest(path, found);
      }
    }
    return member;
  }

  /** A deeper path may belong to an exported file system, which gets another error message. */
  private static ArchiveMember wrongDigest(SafePath path, Digest found) throws ArchiveException {
    ArchiveException reason =
        new ArchiveException(
            "the archive is damaged: the file " + path + " has the digest " + found);
    if (path.names().size() == NAMES_OF_BLOB) {
      throw reason;
    }
    return new ArchiveMember.Unusable(reason);
  }

  private ArchiveMember member(InputStream content, long size)
      throws IOException, ArchiveException {
    byte[] start = content.readNBytes(START);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
    if (isDocument(start)) {
      if (size > ImageJson.LARGEST) {
        return new ArchiveMember.Unusable(
            new ArchiveException(
                "a document of the image has more than "
                    + ImageJson.LARGEST
                    + " bytes, the most that is read"));
      }
      build.reserve(size);
      return new ArchiveMember.Document(whole.readAllBytes());
    }
    try {
      return new ArchiveMember.Unpacked(PackedLayer.read(build, whole));
    } catch (ArchiveException reason) {
      return new ArchiveMember.Unusable(reason);
    }
  }

  /** Documents are JSON objects or lists, or short texts with a version. */
  private static boolean isDocument(byte[] start) {
    if (start.length > MAGIC + 5 && start[MAGIC] == 'u' && start[MAGIC + 4] == 'r') {
      return false;
    }
    int first = 0;
    while (first < start.length && Character.isWhitespace(start[first])) {
      first++;
    }
    boolean json = first < start.length && (start[first] == '{' || start[first] == '[');
    return json || (start.length > 0 && start.length < 16);
  }

  /** The digest that the content of a file must have according to its name. */
  private static Optional<Digest> digestOf(SafePath path) {
    List<Name> names = path.names();
    int blobs = names.size() - NAMES_OF_BLOB;
    if (blobs < 0 || !names.get(blobs).equals(BLOBS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Digest.parse(names.get(blobs + 1) + ":" + names.get(blobs + 2)));
    } catch (InvalidReferenceException e) {
      return Optional.empty();
    }
  }
}
