package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.graph.GraphTask;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a path: adds what arrives to a leaf's {@code grad}. */
final class AccumulateGrad extends Node {
  private static final Tensor[] NOTHING = {};

  private final Tensor leaf;
  private final List<Consumer<Tensor>> postHooks = new CopyOnWriteArrayList<>();

  AccumulateGrad(Tensor leaf) {
    super(LAST);
    this.leaf = leaf;
  }

  Tensor leaf() { return leaf; }

  HookHandle addPostHook(Consumer<Tensor> hook) {
    Consumer<Tensor> own = t -> hook.accept(t);
    postHooks.add(own);
    return () -> postHooks.remove(own);
  }

  @Override
  public String name() { return "AccumulateGrad"; }

  @Override
  public int slots() { return 1; }

  @Override
  public int edges() { return 0; }

  @Override
  public @Nullable Node next(int i) { return null; }

  @Override
  public int nextSlot(int i) { return 0; }

  @Override
  Shape shape(int slot) { return leaf.array().shape(); }

  @Override
  DType dtype(int slot) { return leaf.gradientDtype(); }

  @Override
  boolean takesAnyDtype() { return leaf.acceptsAnyGradient(); }

  @Override
  @Nullable Tensor[] compute(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task) {
    Tensor g = gradients[0];
    if (g == null || !leaf.requiresGrad()) return NOTHING;
    synchronized (this) {
      accumulate(g);
    }
    for (Consumer<Tensor> hook : postHooks) hook.accept(leaf);
    return NOTHING;
  }

  private void accumulate(Tensor g) {
    Tensor present = leaf.gradOrNull();
    if (Modes.current().grad) {
      leaf.putGrad(present == null ? g.clone() : present.add(g));
    } else if (present == null) {
      boolean takes = g.holders == 1 && laidOutLikeLeaf(g.array());
      Tensor own = takes ? g.owned() : copied(g);
      own.holders = 1;
      if (takes) g.holders = 0;
      leaf.putGrad(own);
    } else {
      if (present.array().overlapsItself()) {
        throw new IllegalStateException("the grad of a leaf of shape " + leaf.array().shape()
            + " repeats its elements in memory (it was expanded), so nothing can be added to it; set a clone of it as grad");
      }
      present.accumulate(g);
    }
  }

  private boolean laidOutLikeLeaf(NdArray g) {
    NdArray x = leaf.array();
    if (x.isContiguous() || !x.isDense()) return g.isContiguous() && g.length() == g.numel();
    return Arrays.equals(g.strides(), x.strides()) && g.length() == g.numel();
  }

  private Tensor copied(Tensor g) { return Tensor.of(Layout.copyLike(g.array(), leaf.array())); }
}
