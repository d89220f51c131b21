package tf.grid.hub.site.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.browse.FlistSummary;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.http.file.Sha256;

/** Creates previews and caches them as long as the files do not change. Thread-safe. */
public final class FlistPreviews {

  private static final String README = "readme";

  /** Maximum weight of the cache, in characters. */
  private static final long MEMORY = 4L << 20;

  private static final int OWN_WEIGHT = 500;

  private final Cache<ContentVersion, FlistPreview> known =
      Caffeine.newBuilder()
          .maximumWeight(MEMORY)
          .weigher(FlistPreviews::weight)
          .recordStats()
          .build();
  private final FlistBrowser browser;
  private final Md5Cache md5s;

  public FlistPreviews(FlistBrowser browser, Md5Cache md5s) {
    this.browser = browser;
    this.md5s = md5s;
  }

  /**
   * A flist at a glance.
   *
   * @throws FlistUnreadableException if it is damaged or cannot be read
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   */
  public FlistPreview of(LocatedFlist flist) {
    try {
      FlistPreview before = known.getIfPresent(flist.version());
      if (before != null) {
        return before;
      }
      Fingerprint found = md5s.of(flist.file());
      FlistPreview made = preview(found, sha256(flist), browser.about(flist));
      if (flist.version().equals(found.identity())) {
        known.put(found.identity(), made);
      }
      return made;
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }

  /**
   * The preview of a flist if it is in the cache.
   *
   * @throws FlistUnreadableException if the file cannot be read
   */
  public Optional<FlistPreview> known(LocatedFlist flist) {
    try {
      return Optional.ofNullable(known.getIfPresent(flist.version()));
    } catch (IOException e) {
      throw new FlistUnreadableException(flist.name(), "the file cannot be read", e);
    }
  }

  /** Hits and misses since the start. */
  public CacheStats stats() {
    return known.stats();
  }

  private static FlistPreview preview(Fingerprint found, String sha256, FlistSummary about) {
    Map<String, String> metadata = new HashMap<>(about.metadata());
    String readme = Optional.ofNullable(metadata.remove(README)).orElse("");
    String markdown = ReadmeHtml.textOf(readme);
    MetadataRows facts = new MetadataRows(metadata);
    return new FlistPreview(
        found.md5(),
        sha256,
        found.identity().size(),
        found.identity().modifiedSeconds(),
        ReadmeHtml.html(markdown),
        markdown.length() > ReadmeHtml.MOST_CHARACTERS,
        ReadmeHtml.summary(markdown),
        ReadmeHtml.licenseOf(readme),
        facts.list(),
        facts.areCut(),
        about.counts(),
        about.shares());
  }

  private static int weight(ContentVersion state, FlistPreview preview) {
    return OWN_WEIGHT + preview.readme().length() + preview.facts().toString().length();
  }

  private static String sha256(LocatedFlist flist) throws IOException {
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Channels.newInputStream(flist.open())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
