package tf.grid.hub.image.config;

import com.electronwill.nightconfig.core.Config;
import com.electronwill.nightconfig.toml.TomlFormat;
import com.electronwill.nightconfig.toml.TomlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.layer.AddedFiles.AddedFile;
import tf.grid.hub.flist.Name;

/**
 * The file {@code /.startup.toml}, which defines what a machine starts: its table {@code
 * startup.entry} contains the program of the image as arguments of {@code core.system}.
 */
public final class StartupFile {
  private static final SafePath PATH = new SafePath(List.of(Name.of(".startup.toml")));
  private static final List<String> SHELL = List.of("/bin/sh");

  private StartupFile() {}

  /** The file, with the time of the image, so that the flist is reproducible. */
  public static AddedFile file(ImageConfig image) {
    return new AddedFile(PATH, toml(image), image.createdSeconds());
  }

  /** Entry point and command; a shell if the image has neither. */
  static List<String> program(ImageConfig image) {
    List<String> joined =
        Stream.concat(image.entrypoint().stream(), image.command().stream()).toList();
    return joined.isEmpty() ? SHELL : joined;
  }

  static String toml(ImageConfig image) {
    List<String> program = program(image);
    String directory = image.workingDirectory();
    Config environment = table();
    image.environment().forEach((name, value) -> environment.set(List.of(name), value));
    Config arguments = table();
    arguments.set("name", program.get(0));
    arguments.set("args", program.subList(1, program.size()));
    arguments.set("dir", directory.isEmpty() ? "/" : directory);
    arguments.set("env", environment);
    Config entry = table();
    entry.set("name", "core.system");
    entry.set("args", arguments);
    Config root = table();
    root.set(List.of("startup", "entry"), entry);
    return writer().writeToString(root);
  }

  private static Config table() {
    return TomlFormat.newConfig(LinkedHashMap::new);
  }

  private static TomlWriter writer() {
    TomlWriter writer = new TomlWriter();
    writer.setIndent("");
    writer.setNewline("\n");
    writer.setWriteStringMultilinePredicate(text -> false);
    return writer;
  }
}
