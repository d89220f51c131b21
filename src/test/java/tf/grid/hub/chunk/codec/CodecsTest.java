package tf.grid.hub.chunk.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.ChunkKernels;
import tf.grid.hub.chunk.kernel.ScalarKernels;

/** Which implementation runs, in JVMs with and without what the vector one needs. */
class CodecsTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void without_the_module_it_says_how_to_add_it_and_is_scalar() throws Exception {
    assertThat(chosen("AUTO"))
        .isEqualTo(
            "chunks are encoded one at a time: for several at a time, start Java with"
                + " --add-modules jdk.incubator.vector");
  }

  @Test
  void without_the_second_compiler_it_is_scalar() throws Exception {
    assertThat(chosen("AUTO", MODULE, "-XX:TieredStopAtLevel=1"))
        .isEqualTo("chunks are encoded one at a time: vectors need the C2 compiler of HotSpot");
  }

  @Test
  void scalar_stays_scalar() throws Exception {
    assertThat(chosen("SCALAR", MODULE))
        .isEqualTo("chunks are encoded one at a time: this implementation is configured");
  }

  @Test
  void vectors_that_are_demanded_and_impossible_are_a_failure() throws Exception {
    assertThat(chosen("VECTOR")).contains("VectorsUnavailableException");
  }

  @Test
  void with_all_that_they_need_vectors_are_used_after_a_while() throws Exception {
    TestKernels.VECTOR.create();
    assertThat(chosen("VECTOR", MODULE))
        .matches("chunks are encoded several at a time: \\d+ hashes, 8 ciphers");
  }

  @Test
  void kernels_with_other_results_are_rejected() throws Exception {
    ChunkKernels wrong =
        new ChunkKernels() {
          private final ChunkKernels right = new ScalarKernels();

          @Override
          public void hash(List<ByteRange> messages, long[] digests) {
            right.hash(messages, digests);
            digests[digests.length - 1] ^= 1;
          }

          @Override
          public void encrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
            right.encrypt(blocks, keys);
          }

          @Override
          public void decrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
            right.decrypt(blocks, keys);
          }
        };
    assertThat(new KernelWarmUp(wrong, false, Duration.ofSeconds(1)).run())
        .contains("vectors gave other results on this JVM");
  }

  @Test
  void kernels_that_stay_slow_are_rejected_unless_they_are_demanded() throws Exception {
    ChunkKernels slow =
        new ChunkKernels() {
          private final ChunkKernels right = new ScalarKernels();

          @Override
          public void hash(List<ByteRange> messages, long[] digests) {
            for (int i = 0; i < 10; i++) {
              right.hash(messages, digests);
            }
          }

          @Override
          public void encrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
            right.encrypt(blocks, keys);
          }

          @Override
          public void decrypt(List<ByteRange> blocks, List<ChunkKey> keys) {
            right.decrypt(blocks, keys);
          }
        };
    Duration limit = Duration.ofMillis(300);
    assertThat(new KernelWarmUp(slow, true, limit).run()).contains("vectors are not faster here");
    assertThat(new KernelWarmUp(slow, false, limit).run()).isEmpty();
  }

  @Test
  void a_warm_up_that_is_interrupted_ends() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> new KernelWarmUp(new ScalarKernels(), true, Duration.ofSeconds(60)).run())
        .isInstanceOf(InterruptedException.class);
  }

  /** The first line that a JVM of its own reports. */
  private static String chosen(String mode, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Choice.class.getName(), mode));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(Set.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return output
        .lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .findFirst()
        .orElse("");
  }

  /** What such a JVM runs. */
  static final class Choice {
    private Choice() {}

    public static void main(String[] args) throws InterruptedException {
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      try (Codecs codecs = new Codecs()) {
        codecs.prepare(CodecMode.valueOf(args[0]), Thread::new, lines::add);
        System.out.println(lines.take());
      }
    }
  }
}
