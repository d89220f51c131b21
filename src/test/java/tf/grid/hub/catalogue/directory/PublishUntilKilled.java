package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/**
 * A process of its own that publishes two contents in turn under one name until it is killed, and
 * prints a character for each. Arguments: a directory, and before which one to stop half way and
 * print another character, from 0.
 */
final class PublishUntilKilled {
  static final RepositoryName REPOSITORY = new RepositoryName("alice");
  static final FlistName NAME = FlistName.parse("app");

  private static final int PIECE = 8_192;
  private static final int PIECES = 100;

  private PublishUntilKilled() {}

  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    int last = Integer.parseInt(arguments[1]);
    Md5Cache md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    DirectoryCatalogue catalogue = DirectoryCatalogue.open(data.resolve("users"), md5s);
    for (int round = 0; ; round++) {
      boolean stop = round == last;
      byte[] piece = piece(round);
      catalogue.publish(REPOSITORY, NAME, out -> write(piece, stop, out));
      say('p');
    }
  }

  private static void write(byte[] piece, boolean stop, OutputStream out) throws IOException {
    for (int i = 0; i < PIECES; i++) {
      if (stop && i == PIECES / 2) {
        say('h');
        waitForTheEnd();
      }
      out.write(piece);
    }
  }

  private static void waitForTheEnd() {
    while (true) {
      LockSupport.park();
    }
  }

  private static void say(char character) {
    System.out.print(character);
    System.out.flush();
  }

  private static byte[] piece(int round) {
    byte[] piece = new byte[PIECE];
    Arrays.fill(piece, (byte) (round % 2 == 0 ? 'a' : 'b'));
    return piece;
  }

  /** Whether a file is what one publishing has written, from its beginning to its end. */
  static boolean isWhole(byte[] file) {
    if (file.length != PIECE * PIECES) {
      return false;
    }
    for (byte b : file) {
      if (b != file[0]) {
        return false;
      }
    }
    return true;
  }
}
