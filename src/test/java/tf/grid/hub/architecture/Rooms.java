package tf.grid.hub.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Set;

/** Words for the rules: rooms are the packages directly below the base package. */
final class Rooms {
  static final String BASE = "tf.grid.hub";

  /** The rooms that know nothing of the server they run in. */
  static final Set<String> CORE =
      Set.of(
          "chunk",
          "store",
          "progress",
          "compression",
          "flist",
          "build",
          "export",
          "problem",
          "limit");

  /** The packages of the room for images that know nothing of the server either. */
  static final String[] PLAIN_IMAGE = {
    BASE + ".image",
    BASE + ".image.archive",
    BASE + ".image.config",
    BASE + ".image.http",
    BASE + ".image.json",
    BASE + ".image.layer",
    BASE + ".image.manifest",
    BASE + ".image.reference",
    BASE + ".image.registry",
    BASE + ".image.source",
    BASE + ".image.tree"
  };

  private Rooms() {}

  /** The package pattern of a room and all below it. */
  static String room(String name) {
    return BASE + "." + name + "..";
  }

  /** The package patterns of several rooms. */
  static String[] rooms(String... names) {
    return Arrays.stream(names).map(Rooms::room).toArray(String[]::new);
  }

  /** Classes whose outermost class has a name that ends in one of the suffixes. */
  static DescribedPredicate<JavaClass> named(String... suffixes) {
    return DescribedPredicate.describe(
        "are named *" + String.join(" or *", suffixes),
        type -> Arrays.stream(suffixes).anyMatch(outermost(type).getSimpleName()::endsWith));
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Rooms::outermost).orElse(type);
  }
}
