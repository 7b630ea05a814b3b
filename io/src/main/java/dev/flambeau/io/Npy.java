package dev.flambeau.io;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Files of one tensor in NumPy's format, {@code .npy}: what {@code numpy.save} writes and {@code numpy.load} reads. {@link Npz} is for several.
 *
 * {@snippet :
 * Tensor x = Npy.load(Path.of("x.npy"));
 * Npy.save(Path.of("y.npy"), x.mul(2));
 * }
 *
 * <p>Versions 1.0 to 3.0 of the format are read, in both byte orders and both orders of elements. float16 is widened to float32, int8, int16 and uint16 to
 * int32, uint32 to int64. Arrays of other types (complex, uint64, strings, dates, records) are refused by name, and arrays of Python objects always.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
public final class Npy {
  private Npy() {}

  /**
   * The tensor in a file. One in Fortran's order keeps it as its strides.
   *
   * @throws FileFormatException if it is not a sound .npy file, or holds elements of another type
   * @throws IOException if it cannot be read
   */
  public static Tensor load(Path file) throws IOException {
    try (Source source = Source.open(file)) {
      if (source.size() >= 2 && source.read(0, 2).getShort(0) == 0x4b50) {
        throw source.place().error("this is a zip archive, perhaps of several arrays; use Npz.load");
      }
      return read(source.place(), source.from(0), source.size(), source.chunk());
    }
  }

  /** The tensor in the next {@code size} bytes. */
  static Tensor read(Location place, Bytes bytes, long size, ByteBuffer chunk) throws IOException {
    NpyHeader header = NpyHeader.read(place, bytes, size);
    int numel = header.shape().numel();
    long expected = header.length() + (long) numel * header.type().bytes;
    if (expected != size) {
      throw place.error("the header and " + numel + " elements of " + header.type().torchName + " take " + expected
          + " bytes, but there are " + size + "; the file is truncated, or more was written behind it");
    }
    Tensor vector = Elements.allocate(place, header.type().dtype, numel);
    Elements.fill(vector, header.type(), header.order(), bytes, chunk);
    if (!header.fortranOrder()) return Elements.shaped(place, vector, header.shape());
    long[] sizes = Elements.longs(header.shape().sizes());
    return Elements.view(place, vector, 0, sizes, columnMajor(sizes));
  }

  private static long[] columnMajor(long[] sizes) {
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int d = 0; d < sizes.length; d++) {
      strides[d] = step;
      step *= Math.max(sizes[d], 1);
    }
    return strides;
  }

  /**
   * Writes a tensor in row-major order, little-endian, in version 1.0 of the format. The file is put into its place when it is complete.
   *
   * @throws IOException if it cannot be written
   */
  public static void save(Path file, Tensor x) throws IOException { AtomicFile.write(file, out -> write(x, out)); }

  static void write(Tensor x, OutputStream out) throws IOException {
    out.write(NpyHeader.of(x));
    Elements.write(x, out);
  }
}
