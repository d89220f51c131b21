package tf.grid.hub.build.tar.header;

import java.util.Arrays;

/** The data regions of a sparse file; all other bytes up to its size are zeros. Immutable. */
public final class SparseMap {
  private final long[] numbers;
  private final long size;

  private SparseMap(long[] numbers, long size) {
    this.numbers = numbers;
    this.size = size;
  }

  public int regions() {
    return numbers.length / 2;
  }

  public long start(int region) {
    return numbers[2 * region];
  }

  public long end(int region) {
    return numbers[2 * region] + numbers[2 * region + 1];
  }

  /** The size including holes. */
  public long size() {
    return size;
  }

  /** Collects the numbers of a map: offset, length, offset, length, …. Not thread-safe. */
  public static final class Collected {
    private long[] numbers = new long[8];
    private int count;

    public void add(long number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }

    boolean isEmpty() {
      return count == 0;
    }

    /**
     * Creates the map.
     *
     * @param size size of the file including holes
     * @param stored bytes of data in the archive
     * @throws TarException unless the regions are in order, inside the file, and fit the data
     */
    public SparseMap map(long size, long stored) throws TarException {
      long reached = 0;
      long data = 0;
      for (int i = 0; i + 1 < count; i += 2) {
        boolean inside = numbers[i] >= reached && numbers[i + 1] <= size - numbers[i];
        if (numbers[i + 1] < 0 || !inside) {
          throw new TarException("the archive is damaged: a sparse file's map is out of order");
        }
        reached = numbers[i] + numbers[i + 1];
        data += numbers[i + 1];
      }
      if (size < 0 || count % 2 != 0 || data != stored) {
        throw new TarException("the archive is damaged: a sparse file's map does not fit its data");
      }
      return new SparseMap(Arrays.copyOf(numbers, count), size);
    }
  }
}
