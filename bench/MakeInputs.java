import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an archive for the benchmark to standard output: {@code java bench/MakeInputs.java <kind>
 * <seed>}. The same kind and seed give the same bytes; another seed shares no file content with them.
 */
public final class MakeInputs {
  private static final int BLOCK = 512 * 1024;
  private static final long MTIME = 1_700_000_000L;

  private final SplittableRandom random;
  private final OutputStream out;

  private MakeInputs(long seed, OutputStream out) {
    this.random = new SplittableRandom(seed);
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    String kind = args[0];
    int level = kind.equals("huge") ? Deflater.NO_COMPRESSION : 6;
    try (OutputStream out =
        new GZIPOutputStream(new BufferedOutputStream(System.out, 1 << 16), 1 << 16) {
          {
            def.setLevel(level);
          }
        }) {
      MakeInputs inputs = new MakeInputs(Long.parseLong(args[1]), out);
      switch (kind) {
        case "mixed" -> inputs.mixed(15_000, 309_000_000L);
        case "image" -> inputs.mixed(7_500, 132_000_000L);
        case "single" -> inputs.single(512_000_000L);
        case "tiny" -> inputs.tiny(50_000, 400);
        case "huge" -> inputs.huge(20, 1_000_000_000L);
        default -> throw new IllegalArgumentException("no such kind: " + kind);
      }
      out.write(new byte[1024]);
    }
  }

  /** Like a root file system: many small texts, some large programs, a few copies. */
  private void mixed(int files, long total) throws IOException {
    double[] weights = random.doubles(files).map(u -> Math.exp(2.1 * gaussian(u))).toArray();
    double scale = total / Arrays.stream(weights).map(w -> Math.min(w, 2000)).sum();
    byte[] previous = new byte[0];
    for (int i = 0; i < files; i++) {
      byte[] content = previous;
      if (i % 20 != 19) {
        int size = (int) (Math.min(weights[i], 2000) * scale);
        double draw = random.nextDouble();
        content = draw < 0.5 ? text(size) : draw < 0.92 ? program(size) : noise(size);
      }
      file("usr/d%03d/s%d/f%05d".formatted(i / 75, i % 3, i), content.length);
      out.write(content);
      pad(content.length);
      previous = content;
    }
  }

  private void single(long size) throws IOException {
    file("single.bin", size);
    for (long left = size; left > 0; left -= BLOCK) {
      out.write(noise((int) Math.min(left, BLOCK)));
    }
    pad(size);
  }

  private void tiny(int files, int directories) throws IOException {
    for (int i = 0; i < files; i++) {
      byte[] content = text(40 + random.nextInt(500));
      file("d%03d/file-%05d.txt".formatted(i % directories, i), content.length);
      out.write(content);
      pad(content.length);
    }
  }

  /** One block in 32 is new, so that the store stays small; the hub must still read all of them. */
  private void huge(int files, long size) throws IOException {
    byte[][] known = new byte[48][];
    Arrays.setAll(known, i -> noise(BLOCK));
    for (int f = 0; f < files; f++) {
      file("huge/part-%02d.bin".formatted(f), size);
      long left = size;
      for (int b = 0; left > 0; b++, left -= BLOCK) {
        byte[] block = b % 32 == 31 ? noise(BLOCK) : known[b % known.length];
        out.write(block, 0, (int) Math.min(left, BLOCK));
      }
      pad(size);
    }
  }

  private byte[] noise(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Words of a vocabulary of the file's own: gzip makes about a third of it. */
  private byte[] text(int size) {
    String[] words = new String[Math.min(700, 20 + size / 40)];
    for (int i = 0; i < words.length; i++) {
      words[i] = Long.toString(random.nextLong(1L << (10 + random.nextInt(30))), 36);
    }
    StringBuilder text = new StringBuilder(size + 16);
    while (text.length() < size) {
      text.append(words[random.nextInt(1 + random.nextInt(words.length))]);
      text.append(random.nextInt(9) == 0 ? '\n' : ' ');
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.ISO_8859_1), size);
  }

  /** Records that repeat in part, as in machine code: gzip makes about half of it. */
  private byte[] program(int size) {
    byte[] bytes = noise(size);
    for (int i = 64; i + 24 < size; i += 16 + random.nextInt(16)) {
      int from = Math.max(0, i - 16 - random.nextInt(Math.min(i, 4000)));
      System.arraycopy(bytes, from, bytes, i, Math.min(8 + random.nextInt(12), size - i));
    }
    return bytes;
  }

  private static double gaussian(double u) {
    double clipped = Math.min(Math.max(u, 1e-6), 1 - 1e-6);
    return Math.log(clipped / (1 - clipped)) / 1.702;
  }

  private void file(String name, long size) throws IOException {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(MTIME));
    put(header, 148, "        ");
    header[156] = '0';
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o".formatted(sum));
    header[154] = 0;
    out.write(header);
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & 511)]);
  }

  private static void put(byte[] header, int offset, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
