package tf.grid.hub.image.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.electronwill.nightconfig.core.CommentedConfig;
import com.electronwill.nightconfig.toml.TomlParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tf.grid.hub.build.layer.AddedFiles.AddedFile;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Platform;

class ImageConfigTest {

  @Test
  void the_startup_file_joins_entry_point_and_command() throws Exception {
    String json =
        """
        {"architecture": "arm64", "os": "linux", "created": "2024-01-02T03:04:05.678Z",
         "config": {"Entrypoint": ["/entry.sh", "-v"], "Cmd": ["serve", "--port=80"],
                    "Env": ["PATH=/bin:/usr/bin", "URL=a=b=c", "EMPTY="],
                    "WorkingDir": "/srv"}}
        """;
    AddedFile file = StartupFile.file(read(json));
    assertThat(file.path()).hasToString("/.startup.toml");
    assertThat(file.time()).isEqualTo(1704164645);
    assertThat(file.text())
        .isEqualTo(
            """
            [startup.entry]
            name = "core.system"

            [startup.entry.args]
            name = "/entry.sh"
            args = ["-v", "serve", "--port=80"]
            dir = "/srv"

            [startup.entry.args.env]
            PATH = "/bin:/usr/bin"
            URL = "a=b=c"
            EMPTY = ""
            """);
  }

  @Test
  void an_image_with_neither_entry_point_nor_command_starts_a_shell_in_the_root() throws Exception {
    CommentedConfig entry = startUp("{\"config\": {\"Entrypoint\": null, \"Cmd\": []}}");
    assertThat(entry.<String>get("args.name")).isEqualTo("/bin/sh");
    assertThat(entry.<List<String>>get("args.args")).isEmpty();
    assertThat(entry.<String>get("args.dir")).isEqualTo("/");
  }

  @Test
  void a_command_alone_is_the_program() throws Exception {
    CommentedConfig entry = startUp("{\"config\": {\"Cmd\": [\"sh\", \"-c\", \"a b\"]}}");
    assertThat(entry.<String>get("args.name")).isEqualTo("sh");
    assertThat(entry.<List<String>>get("args.args")).containsExactly("-c", "a b");
  }

  @Test
  void hostile_values_stay_values() throws Exception {
    String hostile = "x\"\n[startup.entry]\nname = \"evil\" # '''\\ \u0001\u007f é";
    String json =
        jakarta.json.Json.createObjectBuilder()
            .add(
                "config",
                jakarta.json.Json.createObjectBuilder()
                    .add("Cmd", jakarta.json.Json.createArrayBuilder().add(hostile).add(hostile))
                    .add(
                        "Env",
                        jakarta.json.Json.createArrayBuilder().add("A.B \"c\"\n=" + hostile)))
            .build()
            .toString();
    CommentedConfig entry = startUp(json);
    assertThat(entry.<String>get("name")).isEqualTo("core.system");
    assertThat(entry.<String>get("args.name")).isEqualTo(hostile);
    assertThat(entry.<List<String>>get("args.args")).containsExactly(hostile);
    assertThat(entry.<String>get(List.of("args", "env", "A.B \"c\"\n"))).isEqualTo(hostile);
  }

  @Test
  void metadata_has_what_the_image_says() throws Exception {
    ImageConfig image =
        read(
            """
            {"config": {"Entrypoint": "/app", "Cmd": ["x"], "Env": ["A=1", "A=2", "NOVALUE"],
             "User": "1000:1000", "Labels": {"l": "v", "n": null},
             "ExposedPorts": {"80/tcp": {}, "53/udp": {}, "8080": {}},
             "Volumes": {"/data": {}}}}
            """);
    Map<String, String> metadata = ImageMetadata.of(image, Map.of("id", "x"), new TreeMap<>());
    assertThat(metadata)
        .containsOnly(
            entry("entrypoint", "[\"/app\",\"x\"]"),
            entry("environ", "{\"A\":\"2\",\"NOVALUE\":\"\"}"),
            entry("port", "{\"tcp/80\":80,\"udp/53\":53,\"tcp/8080\":8080}"),
            entry("volume", "{\"/data\":{}}"),
            entry("user", "1000:1000"),
            entry("labels", "{\"l\":\"v\"}"),
            entry("image", "{\"id\":\"x\"}"));
  }

  @Test
  void extended_attributes_become_metadata_in_base64() throws Exception {
    TreeMap<String, Name> values = new TreeMap<>();
    values.put("security.capability", Name.of(new byte[] {1, 0, (byte) 0xFF}));
    TreeMap<FlistPath, ExtendedAttributes> attributes = new TreeMap<>();
    attributes.put(FlistPath.of("bin/ping"), new ExtendedAttributes(values));
    assertThat(ImageMetadata.of(read("{}"), Map.of(), attributes))
        .containsEntry("xattr", "{\"/bin/ping\":{\"security.capability\":\"AQD/\"}}");
  }

  @Test
  void too_many_attributes_are_refused_before_they_are_copied() throws Exception {
    TreeMap<String, Name> values = new TreeMap<>();
    values.put("user.a", Name.of(new byte[1 << 20]));
    ExtendedAttributes large = new ExtendedAttributes(values);
    TreeMap<FlistPath, ExtendedAttributes> attributes = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      attributes.put(FlistPath.of("f" + i), large); // in Base64 all together would fill any heap
    }
    ImageConfig image = read("{}");
    assertThatThrownBy(() -> ImageMetadata.of(image, Map.of(), attributes))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more configuration, labels and extended attributes");
  }

  @Test
  void more_texts_than_any_image_has_are_refused() {
    String texts = "\"a\",".repeat(5_000) + "\"a\"";
    assertThatThrownBy(() -> read("{\"config\": {\"Env\": [" + texts + "]}}"))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("5001 texts");
  }

  @Test
  void what_engines_tell_is_read_too() throws Exception {
    ImageConfig image =
        read(
            """
            {"Os": "linux", "Architecture": "arm", "Variant": "v7",
             "Config": {"Cmd": ["/x"], "WorkingDir": "/w"}}
            """);
    assertThat(image.platform()).isEqualTo(Platform.parse("linux/arm/v7"));
    assertThat(image.command()).containsExactly("/x");
    assertThat(image.workingDirectory()).isEqualTo("/w");
  }

  @Test
  void wrong_types_count_as_missing() throws Exception {
    ImageConfig image =
        read(
            """
            {"config": {"Env": {"A": 1}, "Cmd": 7, "Labels": [1], "Volumes": "x", "User": 1},
             "created": "yesterday", "os": 1, "rootfs": null}
            """);
    assertThat(image.environment()).isEmpty();
    assertThat(image.created()).isEmpty();
    assertThat(image.platform()).isEqualTo(Platform.DEFAULT);
  }

  @Test
  void what_is_no_configuration_is_refused() {
    for (String text : List.of("", "[]", "{", "null", "{\"a\":" + "[".repeat(100_000))) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedImageException.class);
    }
    assertThatThrownBy(() -> read("{\"rootfs\": {\"diff_ids\": [\"sha256:zz\"]}}"))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("digest");
    assertThatThrownBy(() -> ImageConfigReader.read(new byte[ImageJson.LARGEST + 1]))
        .isInstanceOf(MalformedImageException.class);
  }

  private static ImageConfig read(String json) throws PullException {
    return ImageConfigReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static CommentedConfig startUp(String json) throws PullException {
    return new TomlParser().parse(StartupFile.toml(read(json))).get("startup.entry");
  }
}
