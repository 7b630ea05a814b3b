package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Loops;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The one door: every operation passes through here, and here alone it is recorded. */
final class Recorder {
  private Recorder() {}

  static Tensor apply(Single op, Tensor... in) {
    Modes modes = Modes.current();
    NdArray y = op.forward(arrays(op, in));
    boolean records = modes.grad && y.type().isFloating() && anyRequiresGrad(in);
    Tensor out = op instanceof View view ? viewed(view, in[0], y, modes) : fresh(y, modes);
    if (records) {
      OpNode node = node(op, in, modes, out.metadata());
      node.saveOutputs(out);
      out.setHistory(node, 0);
      announce(node, modes);
    }
    return out;
  }

  static Tensor[] apply(Several op, Tensor... in) {
    Modes modes = Modes.current();
    NdArray[] y = op.outputs(arrays(op, in));
    Tensor[] out = new Tensor[y.length];
    Metadata[] metadata = new Metadata[y.length];
    boolean floating = false;
    for (int k = 0; k < y.length; k++) {
      out[k] = op instanceof MultiView several ? piece(several, k, in[0], y[k], modes) : fresh(y[k], modes);
      metadata[k] = out[k].metadata();
      floating |= y[k].type().isFloating();
    }
    if (modes.grad && floating && anyRequiresGrad(in)) {
      OpNode node = node(op, in, modes, metadata);
      node.saveOutputs(out);
      for (int k = 0; k < y.length; k++) if (y[k].type().isFloating()) out[k].setHistory(node, k);
      announce(node, modes);
    }
    return out;
  }

  /**
   * Applies {@code op} to {@code self, others…} with {@code self} as its destination. Everything is checked before the first element is written.
   */
  static Tensor applyInPlace(Single op, Tensor self, Tensor... others) {
    Modes modes = Modes.current();
    Tensor[] in = new Tensor[1 + others.length];
    in[0] = self;
    System.arraycopy(others, 0, in, 1, others.length);
    NdArray[] x = arrays(op, in);
    boolean records = modes.grad && self.dtype().isFloatingPoint() && anyRequiresGrad(in);
    InPlace.check(op, self, records, modes);
    NdArray target = self.array();
    InPlace.separate(target, x);
    OpNode node = null;
    if (records) {
      Tensor[] kept = in.clone();
      int bits = 0;
      if (op instanceof Pointwise pointwise) PointwiseKernel.prepare(pointwise, in.length);
      for (int i = 0; i < in.length; i++) if (in[i].requiresGrad()) bits |= op.saves(i).bits();
      for (int i = 0; i < in.length; i++) if (in[i] == self && (bits >> i & 1) != 0) kept[i] = self.copyWithHistory();
      node = node(op, kept, modes, self.metadata());
    }
    MutationGuard.beforeWrite(modes.mutation, target.data());
    if (op instanceof Pointwise pointwise) InPlace.map(pointwise, target, x);
    else op.forwardInto(target, x);
    self.versionCounter().increment();
    if (node != null) {
      node.saveOutputs(self);
      History.rebase(self, node);
      announce(node, modes);
    }
    return self;
  }

  /** Makes {@code self} the view of itself that {@code op} gives. */
  static Tensor viewInPlace(View op, Tensor self) {
    Modes modes = Modes.current();
    boolean records = modes.grad && self.requiresGrad();
    History.checkInPlace(Errors.operation(op) + "_", self, records);
    NdArray y = op.of(self.array());
    OpNode node = records ? node(op, new Tensor[] {self}, modes, new Metadata(y.shape(), self.dtype())) : null;
    ViewInfo info = self.viewInfo();
    self.relayout(y, info == null ? null : ViewInfo.of(self, op, info.mark()));
    self.versionCounter().increment();
    if (node != null) {
      self.setHistory(node, 0);
      announce(node, modes);
    }
    return self;
  }

  static boolean anyRequiresGrad(Tensor... in) {
    for (Tensor x : in) if (x.requiresGrad()) return true;
    return false;
  }

  private static NdArray[] arrays(Op op, Tensor... in) {
    NdArray[] x = new NdArray[in.length];
    for (int i = 0; i < in.length; i++) {
      if (in[i] == null) throw Errors.argument(Errors.operation(op), "operand " + i + " is null; it must be a tensor");
      x[i] = in[i].array();
    }
    return x;
  }

  private static OpNode node(Op op, Tensor[] in, Modes modes, Metadata... outputs) {
    OpNode node = new OpNode(op, in, outputs, modes);
    if (modes.anomaly) node.keepTrace(Anomaly.trace());
    return node;
  }

  static void announce(Node node, Modes modes) {
    List<Consumer<Node>> outermostFirst = modes.nodeCreationHooks;
    for (int k = 0; k < outermostFirst.size(); k++) outermostFirst.get(k).accept(node);
  }

  private static Tensor fresh(NdArray y, Modes modes) {
    Tensor out = Tensor.of(y);
    out.inference = modes.inference;
    return out;
  }

  private static Tensor viewed(View view, Tensor x, NdArray y, Modes modes) {
    Tensor out = Tensor.sharing(x, y);
    if (x.inference) {
      out.inference = true;
      return out;
    }
    out.becomeView(ViewInfo.of(x, view, ViewMark.now(modes)));
    return out;
  }

  private static Tensor piece(MultiView several, int k, Tensor x, NdArray y, Modes modes) {
    Tensor out = Tensor.sharing(x, y);
    if (x.inference) {
      out.inference = true;
      return out;
    }
    ViewMark mark = ViewMark.now(modes);
    out.becomeView(
        ViewInfo.of(x, several.piece(k, x.array()), mark == ViewMark.DEFAULT ? ViewMark.MULTI_OUTPUT_NODE : mark));
    return out;
  }

  /** What an in-place application checks, and how it writes. */
  private static final class InPlace {
    static void check(Op op, Tensor self, boolean records, Modes modes) {
      String name = Errors.operation(op) + "_";
      if (self.inference && !modes.inference) {
        throw new IllegalStateException(
            name + ": a tensor made in inference mode cannot be changed in place outside of it; clone it first");
      }
      History.checkInPlace(name, self, records);
      if (self.array().overlapsItself()) {
        throw Errors.argument(name, "several elements of the tensor of shape " + self.array().shape()
            + " share one place in memory (it was expanded or unfolded), so it cannot be written to; clone it first");
      }
    }

    /** An input that overlaps the target in another layout is read before it is written: from a copy. */
    static void separate(NdArray target, NdArray... x) {
      for (int i = 1; i < x.length; i++) {
        if (x[i].data() != target.data() || x[i] == target) continue;
        boolean same = x[i].offset() == target.offset() && x[i].shape().equals(target.shape())
            && Arrays.equals(x[i].strides(), target.strides());
        if (!same) x[i] = Layout.copy(x[i]);
      }
    }

    static void map(Pointwise op, NdArray target, NdArray... x) {
      Shape shape = PointwiseKernel.broadcast(op, x);
      checkShape(op, target, shape);
      var compute = PointwiseKernel.computeType(op, x);
      DType result = DType.of(PointwiseKernel.resultType(op, compute));
      DType own = DType.of(target.type());
      if (op.typing() != Typing.TRUTH && result.category() > own.category()) {
        throw Errors.argument(Errors.operation(op) + "_",
            "the result is " + result.torchName() + ", which a " + own.torchName()
                + " tensor cannot hold; convert the tensor first, or use the operation that is not in-place");
      }
      Loops.map(PointwiseKernel.of(op, x.length).formula(), compute, target, x);
    }

    private static void checkShape(Op op, NdArray target, Shape shape) {
      if (!shape.equals(target.shape())) {
        throw Errors.argument(Errors.operation(op) + "_",
            "the result has shape " + shape + ", but the tensor has shape " + target.shape()
                + "; an operation in place cannot change the shape");
      }
    }
  }
}
