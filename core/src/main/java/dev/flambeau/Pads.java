package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Elements;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Selection;
import java.util.Arrays;

/** Rims around a tensor. Pads are pairs (before, after) from the last dimension backwards; negative ones cut off. */
final class Pads {
  private Pads() {}

  /** What a rim is filled with, if not with one value. */
  enum Mode {
    /** The elements beyond the edge's neighbour, as in a mirror. */
    REFLECT("Reflection"),
    /** The element at the edge. */
    REPLICATE("Replication"),
    /** The elements from the other side. */
    CIRCULAR("Circular");

    private final String word;

    Mode(String word) { this.word = word; }

    int source(int i, int size) {
      return switch (this) {
        case REFLECT -> size - 1 - Math.abs(size - 1 - Math.abs(i));
        case REPLICATE -> Math.clamp(i, 0, size - 1);
        case CIRCULAR -> Math.floorMod(i, size);
      };
    }
  }

  /** y = x with a rim of {@code value};  dx = g without the rim. */
  record ConstantPadNd(Ints pads, double value) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.allocate(x[0].type(), padded("pad", x[0].shape(), pads));
      if (value != 0) Loops.fill(y, value);
      NdArray inside = y;
      NdArray kept = x[0];
      for (int k = 0; k < pads.size(); k += 2) {
        int d = x[0].rank() - 1 - k / 2;
        int length = Math.max(0, x[0].shape().size(d) + Math.min(pads.at(k), 0) + Math.min(pads.at(k + 1), 0));
        inside = Slices.narrowed(inside, d, Math.max(pads.at(k), 0), length);
        kept = Slices.narrowed(kept, d, Math.max(-pads.at(k), 0), length);
      }
      Loops.copy(inside, kept);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      int[] back = pads.toArray();
      for (int k = 0; k < back.length; k++) back[k] = -back[k];
      return Op.apply(new ConstantPadNd(Ints.of(back), 0), g);
    }
  }

  /** y = x with a rim of its own elements;  dx = g, with the rim's added to where it was taken from. */
  record Rim(Ints pads, Mode mode) implements Arranging {
    /** PyTorch's circular padding is a composite that ends in writing to a view. */
    @Override
    public String nodeName() {
      return mode == Mode.CIRCULAR ? "CopySlices" : mode.word + "Pad" + pads.size() / 2 + "DBackward0";
    }

    @Override
    public NdArray forward(NdArray... x) {
      return Elements.take(x[0], sources(x[0]));
    }

    /** What each element of the result shows of {@code x}. */
    private Selection sources(NdArray x) {
      Shape shape = padded("pad", x.shape(), pads);
      int last = Math.max(0, x.rank() - 1);
      int lead = Math.min(x.rank() - pads.size() / 2, last);
      int[] outer = Elements.positions(x.offset(), x.shape(), x.strides(), 0, lead);
      return Selection.of(shape, outer, steps(x, shape, lead, last), steps(x, shape, last, x.rank()), false);
    }

    /** Steps from the start of {@code x} to what the dimensions {@code from ≤ d < to} of the result show, row-major. */
    private int[] steps(NdArray x, Shape shape, int from, int to) {
      int[] positions = new int[1];
      for (int d = from; d < to; d++) {
        int k = 2 * (x.rank() - 1 - d);
        int before = k < pads.size() ? pads.at(k) : 0;
        int size = shape.size(d);
        int[] next = new int[positions.length * size];
        for (int j = 0; j < size; j++) {
          int step = mode.source(j - before, x.shape().size(d)) * x.stride(d);
          for (int p = 0; p < positions.length; p++) next[p * size + j] = positions[p] + step;
        }
        positions = next;
      }
      return positions;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(new RimBackward(this, s.shapeOf(0)), g); }
  }

  /** y = zeros of shape {@code whole}, with x added where {@code rim} took its elements from;  dx = g with that rim. */
  record RimBackward(Rim rim, Shape whole) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.allocate(x[0].type(), whole);
      Elements.add(y, rim.sources(y), x[0]);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Op.apply(rim, g); }
  }

  private static Shape padded(String operation, Shape x, Ints pads) {
    int[] sizes = x.sizes();
    for (int k = 0; k < pads.size(); k++) {
      int d = x.rank() - 1 - k / 2;
      sizes[d] = Dims.exact("padded", (long) sizes[d] + pads.at(k));
    }
    for (int size : sizes) {
      if (size < 0)
        throw Errors.argument(operation, "the pads " + pads + " cut off more than there is of a tensor of shape " + x);
    }
    return Shape.of(sizes);
  }

  static Tensor pad(Tensor x, long[] pads, String mode, double value) {
    Shape shape = x.array().shape();
    if (pads.length % 2 != 0 || pads.length > 2 * shape.rank()) {
      throw Errors.argument("pad", "pairs of pads for at most all dimensions are needed, but got "
          + Arrays.toString(pads) + " for a tensor of shape " + shape);
    }
    Ints widths = Ints.of(Dims.exact("pad", pads));
    if (mode.equals("constant")) return Op.apply(new ConstantPadNd(widths, value), x);
    Mode rim = switch (mode) {
      case "reflect" -> Mode.REFLECT;
      case "replicate" -> Mode.REPLICATE;
      case "circular" -> Mode.CIRCULAR;
      default -> throw Errors.argument("pad",
          "the mode is \"constant\", \"reflect\", \"replicate\" or \"circular\", not \"" + mode + "\"");
    };
    for (int k = 0; k < pads.length; k++) {
      int size = shape.size(shape.rank() - 1 - k / 2);
      long most = switch (rim) {
        case REFLECT -> size - 1;
        case CIRCULAR -> size;
        case REPLICATE -> size == 0 ? 0 : Integer.MAX_VALUE;
      };
      if (pads[k] > most) {
        throw Errors.argument("pad",
            "with mode \"" + mode + "\" at most " + most + " elements can be added to dimension "
                + (shape.rank() - 1 - k / 2)
                + " of a tensor of shape " + shape + ", but the pads are " + Arrays.toString(pads));
      }
    }
    return Op.apply(new Rim(widths, rim), x);
  }
}
