package tf.grid.hub.gateway.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tf.grid.hub.chunk.ChunkId;

/** The commands that there are, with how many arguments each takes. */
public enum CommandName {
  GET(1, 1, ChunkId.LENGTH, 32),
  MGET(1, 1023, ChunkId.LENGTH, 1),
  EXISTS(1, 1, ChunkId.LENGTH, 512),
  SET(2, 2, ChunkId.LENGTH, 512),
  DEL(1, 1, ChunkId.LENGTH, 1),
  CHECK(1, 1, ChunkId.LENGTH, 1),
  LENGTH(1, 1, ChunkId.LENGTH, 1),
  KEYTIME(1, 1, ChunkId.LENGTH, 1),
  SCANX(0, 1, ChunkId.LENGTH + 1, 1),
  SELECT(1, 2, 128, 1),
  NSINFO(1, 1, 128, 1),
  AUTH(1, 1, 8192, 1),
  INFO(0, 0, 0, 1),
  NSLIST(0, 0, 0, 1),
  DBSIZE(0, 0, 0, 1),
  TIME(0, 0, 0, 1),
  PING(0, 0, 0, 1);

  private static final Map<String, CommandName> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(CommandName::name, verb -> verb));

  /** A 0-db has {@code SET} under two names. */
  private static final String OTHER_SET = "SETX";

  /** Longest name, in bytes. */
  public static final int LONGEST = 7;

  private final int least;
  private final int most;
  private final int longestArgument;
  private final int together;

  CommandName(int least, int most, int longestArgument, int together) {
    this.least = least;
    this.most = most;
    this.longestArgument = longestArgument;
    this.together = together;
  }

  public static Optional<CommandName> named(byte[] name) {
    String word = new String(name, US_ASCII).toUpperCase(Locale.ROOT);
    return Optional.ofNullable(BY_NAME.get(word.equals(OTHER_SET) ? SET.name() : word));
  }

  /** Why this many arguments are refused, or empty when they are not. */
  public Optional<String> refusal(int arguments) {
    if (arguments >= least && arguments <= most) {
      return Optional.empty();
    }
    return Optional.of(this == MGET && arguments > most ? Reply.TOO_MANY : Reply.UNEXPECTED);
  }

  /** Whether the argument at an index, from 0, is a value rather than a word. */
  public boolean isValue(int argument) {
    return this == SET && argument == 1;
  }

  /** Longest argument, in bytes, that can mean anything; values are bounded elsewhere. */
  public int longestArgument() {
    return longestArgument;
  }

  /** How many requests in a row are carried out in one go. */
  public int together() {
    return together;
  }
}
