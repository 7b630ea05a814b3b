package dev.flambeau;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tensors from nested Java arrays, whose rows must be of one length at each depth. */
final class Nested {
  private Nested() {}

  static Tensor real(Object values) { return of(values, Torch.getDefaultDtype()); }

  static Tensor of(Object values, DType dtype) {
    int[] sizes = sizes(values);
    NdArray array = NdArray.allocate(dtype.element(), Shape.of(sizes));
    fill(values, sizes, 0, array, 0);
    return Torch.made(array);
  }

  private static int[] sizes(Object values) {
    int depth = 0;
    for (Class<?> c = values.getClass(); c.isArray(); c = c.getComponentType()) depth++;
    int[] sizes = new int[depth];
    Object level = values;
    for (int d = 0; d < depth && level != null; d++) {
      sizes[d] = Array.getLength(level);
      level = sizes[d] == 0 || d == depth - 1 ? null : Array.get(level, 0);
    }
    return sizes;
  }

  @CanIgnoreReturnValue
  private static int fill(@Nullable Object values, int[] sizes, int depth, NdArray out, int at) {
    if (values == null) throw Errors.argument("tensor", "a row at depth " + depth + " is null");
    if (Array.getLength(values) != sizes[depth]) {
      throw Errors.argument("tensor",
          "rows must be of one length, but at depth " + depth + " there is one of " + Array.getLength(values)
              + " beside one of "
              + sizes[depth] + "; the shape would be " + Arrays.toString(sizes));
    }
    if (depth < sizes.length - 1) {
      for (int i = 0; i < sizes[depth]; i++) at = fill(Array.get(values, i), sizes, depth + 1, out, at);
      return at;
    }
    for (int i = 0; i < sizes[depth]; i++) put(values, i, out, at++);
    return at;
  }

  private static void put(Object row, int i, NdArray out, int at) {
    if (out.type() == ElementType.BOOL) out.bytes()[at] = (byte) (Array.getBoolean(row, i) ? 1 : 0);
    else if (out.type() == ElementType.INT64) out.longs()[at] = Array.getLong(row, i);
    else if (out.type() == ElementType.FLOAT32) out.floats()[at] = (float) Array.getDouble(row, i);
    else out.doubles()[at] = Array.getDouble(row, i);
  }
}
