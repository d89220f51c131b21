package tf.grid.hub.catalogue.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.http.file.OpenFile;
import tf.grid.hub.http.file.SentFile;

/** Finds flists and prepares download responses. Thread-safe. */
public final class Downloads {

  private static final String FLIST_TYPE = "application/octet-stream";

  private static final String TEXT_TYPE = "text/plain";
  private static final int ATTEMPTS = 5;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;

  private final Catalogue catalogue;
  private final Md5Cache md5s;
  private final SiteAddress site;
  private final DownloadCounts counts;

  public Downloads(Catalogue catalogue, Md5Cache md5s, SiteAddress site, DownloadCounts counts) {
    this.catalogue = catalogue;
    this.md5s = md5s;
    this.site = site;
    this.counts = counts;
  }

  /**
   * Returns the response to a request.
   *
   * @throws IOException if the file cannot be read
   * @throws tf.grid.hub.catalogue.name.CatalogueException if the flist does not exist
   */
  FileAnswer answer(DownloadRequest request) throws IOException {
    LocatedFlist flist = locate(request.address());
    try {
      return switch (request.address().form()) {
        case FILE -> file(request, flist);
        case MD5 -> md5(request, flist);
        case TEXT ->
            FileAnswer.text(200, TEXT_TYPE + ";charset=UTF-8", card(request, flist).text());
        case JSON -> FileAnswer.text(200, "application/json", card(request, flist).json());
      };
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }

  private LocatedFlist locate(FlistAddress address) {
    if (address.tag().isPresent()) {
      return catalogue.entries().locate(address.repository(), address.tag().get(), address.name());
    }
    if (address.tagLink().isPresent()) {
      var tag = catalogue.entries().tagBehind(address.repository(), address.tagLink().get());
      TagName name = TagName.ofStored(tag.name()).orElseThrow(FlistNotFoundException::new);
      return catalogue.entries().locate(tag.repository(), name, address.name());
    }
    return catalogue.entries().locate(address.repository(), address.name());
  }

  private FlistDescription card(DownloadRequest request, LocatedFlist flist) throws IOException {
    return new FlistDescription(
        site, request.address().repository(), flist.name(), md5s.of(flist.file()).md5());
  }

  /** Clients that have the flist ask for its digest, and download it only if that has changed. */
  private FileAnswer md5(DownloadRequest request, LocatedFlist flist) throws IOException {
    FileAnswer answer = FileAnswer.text(200, TEXT_TYPE, md5s.of(flist.file()).md5() + "\n");
    if (!request.headOnly()) {
      counts.used(flist.file().path());
    }
    return answer;
  }

  private FileAnswer file(DownloadRequest request, LocatedFlist flist) throws IOException {
    Fingerprint found = md5s.of(flist.file());
    Optional<FileAnswer> bare =
        described(flist, found).withoutContent(request.headers(), request.headOnly());
    if (bare.isPresent()) {
      if (bare.get().status() == NOT_MODIFIED && !request.headOnly()) {
        counts.used(flist.file().path());
      }
      return bare.get();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileChannel> file = flist.open(found.identity());
      if (file.isPresent()) {
        FileAnswer answer =
            described(flist, found).withContent(request.headers(), new OpenFile(file.get()));
        count(answer, flist);
        return answer;
      }
      found = md5s.of(flist.file());
    }
    throw new IOException("tried to read " + flist.name() + " but it kept changing");
  }

  /** Of a download in parts, only the first one counts, so that resuming does not count again. */
  private void count(FileAnswer answer, LocatedFlist flist) {
    String range = answer.headers().getOrDefault("Content-Range", "");
    if (answer.status() == OK || (answer.status() == PARTIAL && range.startsWith("bytes 0-"))) {
      counts.downloaded(flist.file().path());
    } else if (answer.status() == PARTIAL) {
      counts.used(flist.file().path());
    }
  }

  private static SentFile described(LocatedFlist flist, Fingerprint found) {
    return new SentFile(
        FLIST_TYPE,
        FileName.attachment(flist.name().stored()),
        '"' + found.md5() + '"',
        OptionalLong.of(found.identity().modifiedSeconds()),
        found.identity().size());
  }

  /**
   * A download request.
   *
   * @param address the flist and form
   * @param headOnly whether only headers are requested
   * @param headers returns request headers by name
   */
  record DownloadRequest(
      FlistAddress address, boolean headOnly, Function<String, Optional<String>> headers) {}
}
