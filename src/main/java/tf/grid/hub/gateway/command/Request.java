package tf.grid.hub.gateway.command;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;

/** What a client asked for, as far as it was understood. */
public sealed interface Request {

  /**
   * A command with a fitting number of arguments.
   *
   * @param arguments without the command's name; one that is too long to mean anything is empty
   */
  record Command(CommandName verb, List<byte[]> arguments) implements Request {

    public byte[] argument(int index) {
      return arguments.get(index);
    }

    /** The id in the first argument; an argument of another length names nothing. */
    Optional<ChunkId> id() {
      byte[] bytes = argument(0);
      return bytes.length == ChunkId.LENGTH ? Optional.of(ChunkId.of(bytes)) : Optional.empty();
    }

    /** What it holds of the budget. */
    public int valueBytes() {
      return verb == CommandName.SET ? argument(1).length : 0;
    }

    @Override
    public int weight() {
      return Math.max(1, arguments.size());
    }
  }

  /**
   * Something that gets an error and nothing else.
   *
   * @param last whether what follows cannot be understood, so that the connection ends
   */
  record Refused(String error, boolean last) implements Request {

    @Override
    public int weight() {
      return 1;
    }
  }

  /** Roughly how much it keeps in memory, in arguments. */
  int weight();
}
