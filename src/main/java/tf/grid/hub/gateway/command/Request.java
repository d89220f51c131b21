package tf.grid.hub.gateway.command;

import java.util.List;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;

/** A parsed request of a client. */
public sealed interface Request {

  /**
   * A command with a valid number of arguments.
   *
   * @param arguments without the name of the command; an argument that is too long is empty
   */
  record Command(CommandName verb, List<byte[]> arguments) implements Request {

    public byte[] argument(int index) {
      return arguments.get(index);
    }

    /** The id in the first argument; empty if the argument has another length. */
    Optional<ChunkId> id() {
      byte[] bytes = argument(0);
      return bytes.length == ChunkId.LENGTH ? Optional.of(ChunkId.of(bytes)) : Optional.empty();
    }

    /** Bytes it holds of the memory budget. */
    public int valueBytes() {
      return verb == CommandName.SET ? argument(1).length : 0;
    }

    @Override
    public int weight() {
      return Math.max(1, arguments.size());
    }
  }

  /**
   * A request that is answered with an error.
   *
   * @param last whether the rest of the input cannot be parsed, so that the connection must be
   *     closed
   */
  record Refused(String error, boolean last) implements Request {

    @Override
    public int weight() {
      return 1;
    }
  }

  /** Approximate memory use, in arguments. */
  int weight();
}
