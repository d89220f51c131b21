package tf.grid.hub.store.zdb;

import java.util.List;
import java.util.Locale;
import redis.clients.jedis.exceptions.JedisDataException;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/** Classifies error messages of 0-db. They have no codes, so the text decides. */
final class ZdbErrors {
  private static final int LONGEST = 100;
  private static final List<String> DENIED =
      List.of("denied", "protected", "read-only", "namespace not found", "authenti", "password");
  private static final List<String> FULL = List.of("no space", "cannot write");
  private static final List<String> BUSY = List.of("max connections", "does not answer");

  private ZdbErrors() {}

  static StoreException meaning(ZdbSettings settings, JedisDataException error) {
    String said = String.valueOf(error.getMessage());
    String words = said.toLowerCase(Locale.ROOT);
    String message = "the " + settings + " said: " + printable(said);
    if (says(words, DENIED)) {
      return new StoreAccessDeniedException(message + "; check namespace and password", error);
    }
    if (says(words, FULL)) {
      return new StoreFullException(message, error);
    }
    if (says(words, BUSY)) {
      return new StoreUnreachableException(message, error);
    }
    return new StoreCorruptException(message, error);
  }

  private static boolean says(String words, List<String> any) {
    return any.stream().anyMatch(words::contains);
  }

  private static String printable(String said) {
    String clean = said.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
