package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;
import java.util.Arrays;

/** Patches of images as columns, and back; users call {@code Functional.unfold} and {@code fold}. */
public final class Patches {
  private Patches() {}

  /** The patches of images [batch, channels, height, width] as columns [batch, channels · kernel, places]; or without the batch. */
  public static Tensor unfold(Tensor x, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    Shape shape = x.array().shape();
    if (shape.rank() != 3 && shape.rank() != 4) throw Errors.argument("unfold",
        "images [batch, channels, height, width], or one without the batch, are expected, but the shape is " + shape);
    Grid grid = Grid.of("unfold", kernel, dilation, padding, stride);
    int[] sizes = {shape.size(shape.rank() - 2), shape.size(shape.rank() - 1)};
    return Op.apply(new Im2Col(grid.over("unfold", sizes)), x);
  }

  /** Columns [batch, channels · kernel, places] added up at their places in images of {@code size}; or without the batch. */
  public static Tensor fold(Tensor x, long[] size, long[] kernel, long[] dilation, long[] padding, long[] stride) {
    Shape shape = x.array().shape();
    if (shape.rank() != 2 && shape.rank() != 3) throw Errors.argument("fold",
        "columns [batch, channels · kernel, places], or those of one image, are expected, but the shape is " + shape);
    Grid grid = Grid.of("fold", kernel, dilation, padding, stride).over("fold",
        Convolutions.Window.each("fold", "size", 2, size, 1));
    int patch = grid.kernel.at(0) * grid.kernel.at(1);
    int places = grid.places(0) * grid.places(1);
    if (shape.size(shape.rank() - 2) % patch != 0 || shape.size(shape.rank() - 1) != places) {
      throw Errors.argument("fold", "patches of " + patch + " elements at " + places
          + " places are expected, so the last dimensions must be a multiple of " + patch + ", and " + places
          + ", but the shape is " + shape);
    }
    return Op.apply(new Col2Im(grid), x);
  }

  /** Where patches lie in images of {@code size}. */
  record Grid(Ints size, Ints kernel, Ints dilation, Ints padding, Ints stride) {
    static Grid of(String name, long[] kernel, long[] dilation, long[] padding, long[] stride) {
      return new Grid(Ints.NONE, Ints.of(Convolutions.Window.each(name, "kernel size", 2, kernel, 1)),
          Ints.of(Convolutions.Window.each(name, "dilation", 2, dilation, 1)),
          Ints.of(Convolutions.Window.each(name, "padding", 2, padding, 0)),
          Ints.of(Convolutions.Window.each(name, "stride", 2, stride, 1)));
    }

    Grid over(String name, int[] sizes) {
      Grid grid = new Grid(Ints.of(sizes), kernel, dilation, padding, stride);
      if (grid.places(0) < 1 || grid.places(1) < 1) {
        throw Errors.argument(name, "patches of " + Arrays.toString(kernel.toArray())
            + " find no place in images of " + Arrays.toString(sizes) + " with their padding; pad more");
      }
      return grid;
    }

    int places(int d) {
      long room = size.at(d) + 2L * padding.at(d) - dilation.at(d) * (kernel.at(d) - 1L) - 1;
      return Dims.exact("unfold", Math.floorDiv(room, (long) stride.at(d)) + 1);
    }

    NdArray padded(NdArray x, int sign) {
      int down = sign * padding.at(0);
      int across = sign * padding.at(1);
      return down == 0 && across == 0 ? x
          : new Pads.ConstantPadNd(Ints.of(across, across, down, down), 0).forward(x);
    }

    /** The elements of each patch of padded images: [channels (and batch before), kernel, places]. */
    NdArray windows(NdArray x) {
      int lead = x.rank() - 2;
      int[] sizes = Arrays.copyOf(x.shape().sizes(), lead + 4);
      int[] strides = Arrays.copyOf(x.strides(), lead + 4);
      for (int d = 0; d < 2; d++) {
        int step = x.stride(lead + d);
        sizes[lead + d] = kernel.at(d);
        strides[lead + d] = step * dilation.at(d);
        sizes[lead + 2 + d] = places(d);
        strides[lead + 2 + d] = step * stride.at(d);
      }
      return x.view(Shape.of(sizes), strides, x.offset());
    }

    /** From images to columns. */
    Shape columns(Shape images) {
      int[] sizes = Arrays.copyOf(images.sizes(), images.rank() - 1);
      sizes[sizes.length - 2] = images.size(sizes.length - 2) * kernel.at(0) * kernel.at(1);
      sizes[sizes.length - 1] = places(0) * places(1);
      return Shape.of(sizes);
    }

    /** From columns to padded images. */
    Shape images(Shape columns) {
      int[] sizes = Arrays.copyOf(columns.sizes(), columns.rank() + 1);
      sizes[sizes.length - 3] /= kernel.at(0) * kernel.at(1);
      sizes[sizes.length - 2] = size.at(0) + 2 * padding.at(0);
      sizes[sizes.length - 1] = size.at(1) + 2 * padding.at(1);
      return Shape.of(sizes);
    }
  }

  /** y = the patches of x as columns;  dx = g added up where they lay. */
  record Im2Col(Grid grid) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray windows = grid.windows(grid.padded(x[0], 1));
      NdArray y = NdArray.unwritten(x[0].type(), grid.columns(x[0].shape()));
      Loops.copy(y.reshaped(windows.shape()), windows);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new Col2Im(grid), g); }
  }

  /** y = the columns of x added up at their places in images;  dx = the patches of g. */
  record Col2Im(Grid grid) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray padded = NdArray.allocate(x[0].type(), grid.images(x[0].shape()));
      NdArray windows = grid.windows(padded);
      Elements.add(padded, Selection.of(windows), Layout.contiguous(x[0]).reshaped(windows.shape()));
      return Layout.contiguous(grid.padded(padded, -1));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new Im2Col(grid), g); }
  }
}
