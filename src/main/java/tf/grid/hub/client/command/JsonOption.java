package tf.grid.hub.client.command;

import picocli.CommandLine.Option;

/** The option of commands whose output programs can read. */
public final class JsonOption {
  @Option(
      names = "--json",
      description = "print JSON for programs: an object, or one per line for lists")
  private boolean json;

  public boolean on() {
    return json;
  }
}
