package tf.grid.hub.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.client.command.ChangeCommands;
import tf.grid.hub.client.command.HubCommand;
import tf.grid.hub.client.command.PullCommand;
import tf.grid.hub.client.command.PushCommand;
import tf.grid.hub.client.command.PushImageCommand;
import tf.grid.hub.client.command.SessionCommands;
import tf.grid.hub.client.command.inspect.ContentCommands;
import tf.grid.hub.client.command.inspect.DiffCommand;
import tf.grid.hub.client.command.inspect.EntryCommand.NoSuchEntryException;
import tf.grid.hub.client.command.inspect.ListCommands;
import tf.grid.hub.client.command.inspect.VerifyCommand;
import tf.grid.hub.client.remote.HubException;
import tf.grid.hub.client.remote.UnreadableChunkException;
import tf.grid.hub.export.ExportException;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.reference.InvalidReferenceException;
import tf.grid.hub.problem.PrintableText;

/** The program {@code hub-client}. */
@Command(
    name = "hub-client",
    description = "Pushes, reads and restores flists of a Zero-OS hub.",
    mixinStandardHelpOptions = true,
    version = "hub-client 1.0.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SessionCommands.Login.class,
      SessionCommands.Logout.class,
      SessionCommands.Whoami.class,
      SessionCommands.Hubs.class,
      PushCommand.class,
      PushImageCommand.class,
      PullCommand.class,
      ListCommands.ListEntries.class,
      ListCommands.PrintTree.class,
      ContentCommands.Stat.class,
      ContentCommands.Cat.class,
      ListCommands.Find.class,
      ContentCommands.DiskUsage.class,
      DiffCommand.class,
      VerifyCommand.class,
      ListCommands.Repository.class,
      ChangeCommands.Remove.class,
      ChangeCommands.Move.class,
      ChangeCommands.Link.class,
      ChangeCommands.AddToTag.class,
      ChangeCommands.RemoveFromTag.class,
      ChangeCommands.Promote.class,
      ChangeCommands.Merge.class,
      GenerateCompletion.class,
      ManPagesCommand.class,
      LoadClassesCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed",
      "2:invalid options or arguments",
      "3:the flist, entry or repository does not exist",
      "4:not signed in, or not permitted",
      "5:diff found differences, or verify, pull or cat found missing or damaged chunks"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hub-client login https://hub.example",
      "  hub-client push ./rootfs my-system",
      "  hub-client ls alice/my-system /etc",
      "  hub-client pull alice/my-system ./copy"
    })
public final class HubClient implements Runnable {
  private static final int NOT_FOUND = 3;
  private static final int NOT_PERMITTED = 4;

  @Spec private CommandSpec spec;

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.setProperty("sun.net.http.retryPost", "false");
    System.setProperty("http.maxConnections", "32");
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    CommandLine line = commandLine();
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      return report(e, line);
    }
  }

  /** The commands, with their options. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new HubClient());
    line.setExecutionExceptionHandler((failure, at, parsed) -> report(failure, at));
    line.setParameterExceptionHandler((failure, arguments) -> explain(failure));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.getSubcommands().get("generate-completion").getCommandSpec().usageMessage().hidden(false);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int explain(ParameterException failure) {
    CommandLine at = failure.getCommandLine();
    String name = at.getCommandSpec().qualifiedName();
    at.getErr().println("hub-client: " + PrintableText.of(failure.getMessage()));
    at.getErr().println("'" + name + " --help' describes the command.");
    at.getErr().flush();
    return ExitCode.USAGE;
  }

  private static int report(Throwable failure, CommandLine at) {
    Throwable cause = failure;
    while ((cause instanceof UncheckedIOException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    at.getErr().println("hub-client: " + PrintableText.of(message(cause)));
    at.getErr().flush();
    if (cause instanceof HubException hub) {
      return switch (hub.status()) {
        case 401, 403 -> NOT_PERMITTED;
        case 404 -> NOT_FOUND;
        default -> ExitCode.SOFTWARE;
      };
    }
    if (cause instanceof NoSuchFileException
        || cause instanceof NoSuchEntryException
        || cause instanceof ImageNotFoundException) {
      return NOT_FOUND;
    } else if (cause instanceof RegistryAccessDeniedException) {
      return NOT_PERMITTED;
    } else if (cause instanceof InvalidReferenceException) {
      return ExitCode.USAGE;
    }
    boolean found = cause instanceof ExportException || cause instanceof UnreadableChunkException;
    return found ? HubCommand.FINDINGS : ExitCode.SOFTWARE;
  }

  private static String message(Throwable failure) {
    if (failure instanceof HubException hub) {
      return switch (hub.status()) {
        case 401 -> failure.getMessage() + ": log in with 'hub-client login URL', or set HUB_TOKEN";
        case 404 ->
            failure.getMessage()
                + ": 'hub-client repo' lists repositories, 'hub-client ls REPOSITORY' the flists of one";
        default -> failure.getMessage();
      };
    } else if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + " does not exist";
    } else if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": permission denied";
    } else if (failure instanceof FileAlreadyExistsException) {
      return failure.getMessage() + " exists already";
    } else if (failure instanceof IOException
        || failure instanceof NoSuchEntryException
        || failure instanceof ArchiveException
        || failure instanceof InvalidReferenceException
        || failure instanceof FlistRejectedException) {
      return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "this needs more memory than %d MiB: set HUB_CLIENT_OPTS=-Xmx1g"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
    return failure.toString();
  }
}
