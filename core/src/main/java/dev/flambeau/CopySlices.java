package dev.flambeau;

import dev.flambeau.array.Shape;
import dev.flambeau.graph.GraphTask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a base's history becomes when one of its views is changed in place: the operation's own node, run on the part of the gradient that the view shows.
 *
 * <p>Its first edge leads to what the base was before; the others are those of the operation's other inputs.
 */
final class CopySlices extends Node {
  private final Metadata base;
  /** The base's strides, in which views of the gradient are what they were of the base. */
  private final Ints strides;
  private final @Nullable Node before;
  private final int beforeSlot;
  private final ViewChain view;
  private final Node inner;

  CopySlices(Tensor base, List<View> steps, Node inner) {
    super(Modes.current().nextSequenceNr());
    this.base = base.metadata();
    this.strides = Ints.of(base.array().isDense() ? base.array().strides() : base.array().shape().strides());
    this.before = base.requiresGrad() ? base.gradEdge() : null;
    this.beforeSlot = base.outputNr();
    this.view = new ViewChain(steps);
    this.inner = inner;
  }

  @Override
  public String name() { return "CopySlices"; }

  @Override
  public int slots() { return 1; }

  @Override
  public int edges() { return inner.edges(); }

  @Override
  public @Nullable Node next(int i) { return i == 0 ? before : inner.next(i); }

  @Override
  public int nextSlot(int i) { return i == 0 ? beforeSlot : inner.nextSlot(i); }

  @Override
  Shape shape(int slot) { return base.shape(); }

  @Override
  DType dtype(int slot) { return base.dtype(); }

  @Override
  @Nullable Tensor[] compute(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task) {
    Tensor g = gradients[0];
    if (g == null) return new Tensor[edges()];
    Tensor whole = Op.apply(new Slices.Strided(strides), g);
    Tensor part = Op.apply(view, whole);
    @Nullable Tensor[] results = inner.call(part.clone()).toArray(new Tensor[0]);
    if (before == null) {
      results[0] = null;
    } else {
      Tensor first = results[0];
      if (first == null) part.zero_();
      else part.copy_(first);
      results[0] = whole;
    }
    return results;
  }

  @Override
  protected void release() { inner.free(); }
}
