package tf.grid.hub.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.gateway.command.CommandName;
import tf.grid.hub.gateway.command.Reply;
import tf.grid.hub.gateway.command.Request;

/** A request while its elements arrive. Not thread-safe. */
final class PartialRequest {
  private static final byte[] MEANINGLESS = {};

  private final int elements;
  private final List<byte[]> arguments = new ArrayList<>(2);
  private CommandName verb;
  private String refusal;
  private int received;

  PartialRequest(int elements) {
    this.elements = elements;
  }

  /** The maximum length of the next element, in bytes; a longer one is discarded. */
  int room() {
    if (refusal != null) {
      return -1;
    }
    if (verb == null) {
      return CommandName.LONGEST;
    }
    return isValueNext() ? GatewayOptions.MAX_VALUE : verb.longestArgument();
  }

  /** Whether the next element is a value that will be kept. */
  boolean isValueNext() {
    return refusal == null && verb != null && verb.isValue(arguments.size());
  }

  /** Adds an element; empty for one that was discarded. */
  void add(Optional<byte[]> element, boolean mayWrite) {
    byte[] bytes = element.orElse(MEANINGLESS);
    if (received++ == 0) {
      name(bytes, mayWrite);
    } else if (refusal == null) {
      arguments.add(bytes);
    }
  }

  boolean isComplete() {
    return received == elements;
  }

  Request toRequest() {
    return refusal == null
        ? new Request.Command(verb, arguments)
        : new Request.Refused(refusal, false);
  }

  private void name(byte[] bytes, boolean mayWrite) {
    verb = CommandName.named(bytes).orElse(null);
    if (verb == null) {
      refusal = Reply.NOT_SUPPORTED;
    } else {
      refusal = verb.refusal(elements - 1).orElse(null);
    }
    if (refusal == null && verb == CommandName.SET && !mayWrite) {
      refusal = Reply.READ_ONLY;
    }
  }
}
