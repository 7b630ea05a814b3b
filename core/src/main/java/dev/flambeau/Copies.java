package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Loops;

/** Copies: the same elements in new storage, perhaps of another dtype or from another tensor. */
final class Copies {
  static final Clone CLONE = new Clone();
  static final Contiguous CONTIGUOUS = new Contiguous();
  static final Copy COPY = new Copy();
  static final Zero ZERO = new Zero();
  static final Fill FILL = new Fill(2);
  static final Fill FILL_TENSOR = new Fill(3);

  private Copies() {}

  private static NdArray written(Single op, NdArray... x) {
    NdArray y = NdArray.allocate(x[0].type(), x[0].shape());
    op.forwardInto(y, x);
    return y;
  }

  /** y = x in storage of its own, with the same strides where these leave no gaps;  dx = g. */
  record Clone() implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return Layout.copyLike(x[0], x[0]); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g; }
  }

  /** y = x in row-major storage of its own;  dx = g. */
  record Contiguous() implements Arranging {
    @Override
    public String name() { return "Clone"; }

    @Override
    public NdArray forward(NdArray... x) { return Layout.copy(x[0]); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g; }
  }

  /** y = x as another dtype;  dx = g (cast back by the node). */
  record Cast(DType to) implements Arranging {
    @Override
    public String name() { return "ToCopy"; }

    @Override
    public NdArray forward(NdArray... x) { return Layout.cast(x[0], to.element()); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return g; }
  }

  /** y = b, in the place of a;  da = 0, db = g. */
  record Copy() implements Arranging {
    @Override
    public String nodeName() { return "CopyBackwards"; }

    @Override
    public NdArray forward(NdArray... x) { return written(this, x); }

    @Override
    public void forwardInto(NdArray target, NdArray... x) {
      Loops.copy(target, Broadcast.to("copy_", x[1], target.shape()));
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return i == 0 ? Torch.zerosLike(g) : g; }
  }

  /** y = 0, in the place of x;  dx = 0. */
  record Zero() implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return NdArray.allocate(x[0].type(), x[0].shape()); }

    @Override
    public void forwardInto(NdArray target, NdArray... x) { Loops.fill(target, 0L); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Torch.zerosLike(g); }
  }

  /** y = v everywhere, in the place of x, for a single number v;  dx = 0, dv = Σ g. */
  record Fill(int overload) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return written(this, x); }

    @Override
    public void forwardInto(NdArray target, NdArray... x) { Loops.copy(target, x[1]); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return i == 0 ? Torch.zerosLike(g) : g; }
  }
}
