package dev.flambeau;

import dev.flambeau.array.Shape;
import dev.flambeau.graph.GraphTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded call of an operation: the operation, what it saved, and where its inputs came from. */
final class OpNode extends Node implements Saved {
  private static final @Nullable SavedTensor[] NONE = {};

  private final Op op;
  private final @Nullable Node[] next;
  private final int @Nullable [] nextSlots;
  private final Metadata[] inputs;
  private final Metadata[] outputs;
  private final boolean savesNothing;
  /** Inputs in the order of their bits, then the outputs; null once freed. */
  private volatile @Nullable SavedTensor @Nullable [] saved;

  OpNode(Op op, Tensor[] in, Metadata[] outputs, Modes modes) {
    super(modes.nextSequenceNr());
    this.op = op;
    this.outputs = outputs;
    this.inputs = new Metadata[in.length];
    this.next = new Node[in.length];
    int[] slots = null;
    for (int i = 0; i < in.length; i++) {
      Tensor x = in[i];
      inputs[i] = x.metadata();
      if (!x.requiresGrad()) continue;
      next[i] = x.gradEdge();
      if (x.outputNr() != 0) {
        if (slots == null) slots = new int[in.length];
        slots[i] = x.outputNr();
      }
    }
    nextSlots = slots;
    int bits = 0;
    for (int i = 0; i < in.length; i++) if (next[i] != null) bits |= op.saves(i).bits();
    savesNothing = bits == 0;
    saved = savesNothing ? NONE : new SavedTensor[in.length + (bits < 0 ? outputs.length : 0)];
    for (int i = 0; i < in.length; i++) if ((bits >> i & 1) != 0) saved[i] = SavedTensor.input(in[i]);
  }

  /** Saves the outputs, if the operation asked for them; called once they exist. */
  void saveOutputs(Tensor... out) {
    @Nullable SavedTensor[] all = saved;
    if (all == null || all.length <= next.length) return;
    for (int k = 0; k < out.length; k++)
      if (op.savesOutput(k)) all[next.length + k] = SavedTensor.output(out[k], this, k);
  }

  /** The operation. */
  Op op() { return op; }

  @Override
  public String name() { return op.nodeName(); }

  @Override
  public int slots() { return outputs.length; }

  @Override
  public int edges() { return next.length; }

  @Override
  public @Nullable Node next(int i) { return next[i]; }

  @Override
  public int nextSlot(int i) { return nextSlots == null ? 0 : nextSlots[i]; }

  @Override
  Shape shape(int slot) { return outputs[slot].shape(); }

  @Override
  DType dtype(int slot) { return outputs[slot].dtype(); }

  @Override
  @Nullable Tensor[] compute(@Nullable Tensor[] gradients, @Nullable GraphTask<Tensor> task) {
    @Nullable Tensor[] results = new Tensor[next.length];
    boolean any = false;
    for (Tensor g : gradients) any |= g != null;
    if (!any) return results;
    if (saved == null) throw Errors.secondBackward();
    boolean owns = task != null && !Modes.current().grad && Ownership.trusts(op);
    if (!owns) Ownership.share(gradients);
    boolean[] joint = op instanceof Joint ? new boolean[next.length] : null;
    int last = next.length - 1;
    while (last >= 0 && !wants(task, last)) last--;
    for (int i = 0; i <= last; i++) {
      if (!wants(task, i)) continue;
      if (joint != null) joint[i] = true;
      else if (i == last && owns && op instanceof Pointwise) results[i] = overwriting(i, gradients, results);
      else results[i] = op.gradient(i, this, gradients);
    }
    if (joint != null) results = ((Joint) op).gradients(joint, this, gradients);
    if (owns) Ownership.mark(results, gradients, saved);
    return results;
  }

  private boolean wants(@Nullable GraphTask<Tensor> task, int i) {
    Node target = next[i];
    return target != null && (task == null || task.wants(target));
  }

  /** The last gradient of a pointwise operation may be written over the incoming one, if that is nobody else's and no result so far. */
  private @Nullable Tensor overwriting(int i, @Nullable Tensor[] gradients, @Nullable Tensor[] results) {
    Tensor g = gradients[0];
    if (g == null) return null;
    boolean spent = g.holders == 1;
    for (Tensor result : results) spent &= result == null || result.array().data() != g.array().data();
    if (spent) g.holders = Ownership.LAST_READER;
    Tensor result = op.gradient(i, this, gradients);
    if (g.holders == Ownership.LAST_READER) g.holders = 1;
    return result;
  }

  @Override
  protected void release() {
    if (!savesNothing) saved = null;
  }

  private @Nullable SavedTensor[] present() {
    @Nullable SavedTensor[] all = saved;
    if (all == null) throw Errors.secondBackward();
    return all;
  }

  @Override
  public List<Tensor> savedTensors() {
    List<Tensor> tensors = new ArrayList<>();
    for (SavedTensor each : present()) if (each != null) tensors.add(each.unpack(this));
    return tensors;
  }

  @Override
  public Tensor input(int k) { return unpack(k, "input " + k); }

  @Override
  public Tensor output(int k) { return unpack(next.length + k, "output " + k); }

  private Tensor unpack(int index, String what) {
    @Nullable SavedTensor[] all = present();
    SavedTensor one = index < all.length ? all[index] : null;
    if (one == null) throw new IllegalStateException(
        name() + " reads " + what + ", which it did not save; its operation's saves and backward differ");
    return one.unpack(this);
  }

  @Override
  public Shape shapeOf(int k) { return inputs[k].shape(); }

  @Override
  public DType dtypeOf(int k) { return inputs[k].dtype(); }

  @Override
  public int inputs() { return inputs.length; }
}
