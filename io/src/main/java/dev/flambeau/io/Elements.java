package dev.flambeau.io;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.array.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Elements between files and tensors' memory. */
final class Elements {
  /** More dimensions than any real tensor has. */
  static final int MAX_RANK = 64;

  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;
  private static final int CHUNK = 1 << 16;

  private Elements() {}

  /** A vector of zeros to be filled. */
  static Tensor allocate(Location place, DType dtype, long count) throws FileFormatException {
    if (count < 0 || count > MAX_ELEMENTS) {
      throw place.error("there are " + count + " elements, but a tensor holds at most " + MAX_ELEMENTS);
    }
    try {
      return Torch.zeros(dtype, count);
    } catch (OutOfMemoryError e) {
      throw place.error(count + " elements of " + dtype.torchName() + " do not fit into the heap of "
          + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB; raise it with -Xmx");
    }
  }

  /** Fills a vector's memory with elements as they come. */
  static void fill(Tensor vector, StoredType type, ByteOrder order, Bytes bytes, ByteBuffer chunk) throws IOException {
    Object array = vector.storage();
    int count = (int) vector.numel();
    int most = chunk.capacity() / type.bytes;
    for (int done = 0; done < count;) {
      int now = Math.min(most, count - done);
      chunk.clear().limit(now * type.bytes);
      bytes.read(chunk);
      type.decode(chunk.flip().order(order), array, done, now);
      done += now;
    }
  }

  /** A shape that a file tells. */
  static Shape shape(Location place, long[] sizes) throws FileFormatException {
    if (sizes.length > MAX_RANK) {
      throw place.error("a tensor has " + sizes.length + " dimensions, at most " + MAX_RANK + " are read");
    }
    long span = 1;
    for (long size : sizes) {
      if (size < 0) throw place.error("a shape has the negative size " + size);
      if (size > MAX_ELEMENTS || (span *= Math.max(size, 1)) > MAX_ELEMENTS) {
        throw place.error("the shape " + Arrays.toString(sizes) + " has more than " + MAX_ELEMENTS + " elements");
      }
    }
    return Shape.of(sizes);
  }

  /** The row-major view of a whole vector. */
  static Tensor shaped(Location place, Tensor vector, Shape shape) throws FileFormatException {
    return view(place, vector, 0, longs(shape.sizes()), longs(shape.strides()));
  }

  static long[] longs(int[] values) { return Arrays.stream(values).asLongStream().toArray(); }

  /** A tensor on a vector's memory, checked before it is made. */
  static Tensor view(Location place, Tensor vector, long offset, long[] sizes, long[] strides)
      throws FileFormatException {
    int numel = shape(place, sizes).numel();
    if (strides.length != sizes.length) {
      throw place.error("a shape of " + sizes.length + " dimensions comes with " + strides.length + " strides");
    }
    long length = vector.numel();
    if (offset < 0 || offset > length) {
      throw place.error("a tensor begins at element " + offset + " of a storage of " + length);
    }
    long last = offset;
    for (int d = 0; d < sizes.length; d++) {
      if (strides[d] < 0 || strides[d] > Integer.MAX_VALUE) {
        throw place.error("expected strides from 0 to " + Integer.MAX_VALUE + ", but there is " + strides[d]);
      }
      if (numel > 0) last += (sizes[d] - 1) * strides[d];
      if (numel > 0 && last >= length) break;
    }
    if (numel > 0 && last >= length) {
      throw place.error("a tensor of shape " + Arrays.toString(sizes) + ", strides "
          + Arrays.toString(strides) + " and offset " + offset + " reaches beyond its storage of " + length
          + " elements");
    }
    return vector.asStrided(sizes, strides, offset).detach();
  }

  /** The elements in row-major order, as a file has them: little-endian. */
  static void write(Tensor x, OutputStream to) throws IOException {
    Tensor dense = x.detach().contiguous();
    write(dense.dtype(), dense.storage(), (int) dense.storageOffset(), (int) dense.numel(), to);
  }

  /** A part of a Java array that holds elements of {@code dtype}, little-endian. */
  static void write(DType dtype, Object array, int from, int count, OutputStream to) throws IOException {
    int size = StoredType.of(dtype).bytes;
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, (long) count * size)).order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < count;) {
      int now = Math.min(CHUNK / size, count - done);
      StoredType.encode(dtype, array, from + done, now, chunk.clear());
      to.write(chunk.array(), 0, chunk.position());
      done += now;
    }
  }
}
