package tf.grid.hub.catalogue.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.catalogue.FileIdentity;
import tf.grid.hub.catalogue.Fingerprint;
import tf.grid.hub.catalogue.FlistUnreadable;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.Md5s;
import tf.grid.hub.catalogue.browse.About;
import tf.grid.hub.catalogue.browse.Browser;
import tf.grid.hub.http.Sha256;

/**
 * Looks at whole flists, and remembers what it saw as long as the files are as they were. Threads
 * may share it.
 */
public final class Previews {

  private static final String README = "readme";

  /** Characters of metadata that are remembered, and what a preview weighs besides. */
  private static final long MEMORY = 4L << 20;

  private static final int OWN_WEIGHT = 500;

  private final Cache<FileIdentity, Preview> known =
      Caffeine.newBuilder().maximumWeight(MEMORY).weigher(Previews::weight).build();
  private final Browser browser;
  private final Md5s md5s;

  /** Previews of what a browser can look into. */
  public Previews(Browser browser, Md5s md5s) {
    this.browser = browser;
    this.md5s = md5s;
  }

  /**
   * A flist at a glance.
   *
   * @throws FlistUnreadable if it is damaged or cannot be read
   * @throws tf.grid.hub.catalogue.Busy if too many others are being read
   */
  public Preview of(LocatedFlist flist) {
    try {
      Preview before = known.getIfPresent(flist.identity());
      if (before != null) {
        return before;
      }
      Fingerprint found = md5s.of(flist.file());
      Preview made = preview(found, sha256(flist), browser.about(flist));
      if (flist.identity().equals(found.identity())) {
        known.put(found.identity(), made);
      }
      return made;
    } catch (IOException e) {
      throw new FlistUnreadable(flist.name(), "the file cannot be read", e);
    }
  }

  private static Preview preview(Fingerprint found, String sha256, About about) {
    Map<String, String> metadata = new HashMap<>(about.metadata());
    String readme = Optional.ofNullable(metadata.remove(README)).orElse("");
    Facts facts = new Facts(metadata);
    return new Preview(
        found.md5(),
        sha256,
        found.identity().size(),
        found.identity().modifiedSeconds(),
        Readme.html(Readme.textOf(readme)),
        Readme.licenseOf(readme),
        facts.list(),
        facts.areCut(),
        about.counts());
  }

  private static int weight(FileIdentity state, Preview preview) {
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
