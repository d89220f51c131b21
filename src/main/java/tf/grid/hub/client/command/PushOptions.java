package tf.grid.hub.client.command;

import jakarta.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.client.push.PublishedFlist;
import tf.grid.hub.client.push.PushTarget;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.client.remote.RemoteStore;
import tf.grid.hub.client.remote.ZdbAddress;
import tf.grid.hub.client.remote.ZdbStore;
import tf.grid.hub.client.terminal.ByteCount;
import tf.grid.hub.client.terminal.ProgressLine;
import tf.grid.hub.problem.PrintableText;

/** What {@code push} and {@code push-image} have in common. */
final class PushOptions {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Mixin private JsonOption json;

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "metadata of the flist; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--entrypoint",
      paramLabel = "WORD",
      description = "the program that the flist starts; repeat it for each argument")
  private List<String> entrypoint = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "HOST[:PORT][/NAMESPACE]",
      description = {
        "send chunks with the 0-db protocol to the gateway of the hub, or to the 0-db that the hub"
            + " uses, instead of over HTTP (default port: 9900, namespace: default). It is not"
            + " encrypted, and sends the token."
      })
  private String backend;

  boolean json() {
    return json.on();
  }

  /** Makes and publishes a flist. */
  interface Push {
    PublishedFlist to(PushTarget target, Map<String, String> metadata, ProgressLine progress)
        throws IOException, ArchiveException;
  }

  /** Runs a push and reports what it did. */
  void run(HubHttp http, ProgressLine progress, Push push) throws IOException, ArchiveException {
    Map<String, String> values = new LinkedHashMap<>(metadata);
    if (!entrypoint.isEmpty()) {
      values.put("entrypoint", Json.createArrayBuilder(entrypoint).build().toString());
    }
    try (progress;
        RemoteStore store = store(http);
        PushTarget target = new PushTarget(http, store)) {
      PublishedFlist answer = push.to(target, values, progress);
      progress.erase();
      report(answer, store, progress);
    }
  }

  private RemoteStore store(HubHttp http) {
    if (backend == null) {
      return new HubStore(http);
    }
    try {
      return new ZdbStore(ZdbAddress.parse(backend), http.token());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void report(PublishedFlist answer, RemoteStore sent, ProgressLine progress) {
    answer
        .warnings()
        .forEach(text -> command.commandLine().getErr().println("note: " + PrintableText.of(text)));
    if (json.on()) {
      command
          .commandLine()
          .getOut()
          .println(
              Json.createObjectBuilder()
                  .add("name", answer.name())
                  .add("files", progress.files())
                  .add("bytes", progress.bytes())
                  .add("sentChunks", sent.sentChunks())
                  .add("sentBytes", sent.sentBytes())
                  .build());
      return;
    }
    command
        .commandLine()
        .getOut()
        .printf(
            "Pushed %s: %d files, %s; sent %d chunks, %s%n",
            PrintableText.of(answer.name()),
            progress.files(),
            ByteCount.of(progress.bytes()),
            sent.sentChunks(),
            ByteCount.of(sent.sentBytes()));
  }
}
