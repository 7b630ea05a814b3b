package dev.flambeau;

import dev.flambeau.array.ElementType;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.kernel.Matmul;
import dev.flambeau.kernel.Parallel;
import dev.flambeau.kernel.Reducer;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/** What the recurrent layers of {@code dev.flambeau.nn} are made of; users call those. */
public final class RecurrentLayers {
  private RecurrentLayers() {}

  /**
   * One layer in one direction over the sequence {@code x} of shape (T, N, inputs): all its states, of shape (T, N, H), and for an LSTM the last cell state.
   *
   * @param weights those of the inputs and of the state, and the biases of both, or no biases
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor[] run(RecurrentCell cell, boolean reverse, Tensor x, Tensor hidden, @Nullable Tensor memory,
      Tensor... weights) {
    String name = cell.name();
    Shape shape = x.array().shape();
    if (shape.rank() != 3 || shape.size(0) == 0) throw Errors.argument(name,
        "expected an input of shape (steps, batch, features) with at least one step, but got " + shape);
    int width = weights[1].array().shape().size(1);
    int batch = shape.size(1);
    expect(name, "the weight of the inputs", weights[0], x, cell.gates * width, shape.size(2));
    expect(name, "the hidden state", hidden, x, batch, width);
    Tensor zero = Numbers.beside(x, 0.0);
    boolean biased = weights.length > 2;
    Tensor of = biased ? weights[2] : zero;
    Tensor own = biased ? weights[3] : zero;
    Recurrence op = new Recurrence(cell, reverse);
    if (memory == null) return new Tensor[] {Op.apply(op, x, hidden, weights[0], weights[1], of, own)[0]};
    expect(name, "the cell state", memory, x, batch, width);
    Tensor[] y = Op.apply(op, x, hidden, weights[0], weights[1], of, own, memory);
    return new Tensor[] {y[0], y[1]};
  }

  private static void expect(String name, String what, Tensor given, Tensor x, int rows, int columns) {
    Shape wanted = Shape.of(rows, columns);
    if (given.array().shape().equals(wanted) && given.dtype() == x.dtype()) return;
    throw Errors.argument(name, what + " must be " + x.dtype().torchName() + " of shape " + wanted
        + " for an input of shape " + x.array().shape() + ", but is " + given.dtype().torchName() + " of shape "
        + given.array().shape());
  }

  /**
   * All states of a layer, step by step: one product for what the inputs add to all steps, and then for each step one more, and the cell. The way back is the
   * same in reverse, with two products for the gradients of the weights at its end. Inputs: x, h₀, the weights of inputs and of states, the biases of both,
   * and an LSTM's c₀. Outputs: all h, an LSTM's last c, and what the cell keeps.
   */
  record Recurrence(RecurrentCell cell, boolean reverse) implements FusedJoint {
    /** So many sequences of a batch go through all steps together. */
    private static final int ROWS = 8;
    private static final Formula SUM = Formula.of(Scalar.arg(0).add(Scalar.arg(1)), 2);

    @Override
    public int results() { return cell.hasMemory() ? 2 : 1; }

    @Override
    public boolean savesOutput(int k) { return k != 1 || !cell.hasMemory(); }

    /** The step before {@code t}, or −1. */
    private int before(int t, int steps) { return reverse ? t + 1 == steps ? -1 : t + 1 : t - 1; }

    @Override
    public NdArray[] outputs(NdArray... in) {
      NdArray x = Layout.contiguous(in[0]);
      ElementType type = x.type();
      int steps = x.shape().size(0);
      int batch = x.shape().size(1);
      int width = in[3].shape().size(1);
      int wide = in[3].shape().size(0);
      NdArray gates = NdArray.unwritten(type, Shape.of(steps, batch, wide));
      NdArray own = cell.isSplit() ? NdArray.unwritten(type, gates.shape()) : gates;
      if (cell.isSplit()) {
        Loops.copy(gates, in[4]);
        Loops.copy(own, in[5]);
      } else {
        Loops.map(SUM, type, gates, in[4], in[5]);
      }
      Matmul.multiply(rows(gates), rows(x), turned(in[2]), true);
      NdArray weight = steps < 4 ? turned(in[3]) : Layout.copy(turned(in[3]));
      NdArray[] kept = new NdArray[cell.hasMemory() ? 3 : 1];
      for (int k = 0; k < kept.length; k++) kept[k] = NdArray.unwritten(type, Shape.of(steps, batch, width));
      Parallel.forRange(batch, ROWS, (from, to) -> {
        NdArray h = part(in[1], from, to);
        NdArray c = cell.hasMemory() ? part(in[6], from, to) : h;
        for (int k = 0; k < steps; k++) {
          int t = reverse ? steps - 1 - k : k;
          NdArray p = step(own, t, from, to);
          Matmul.multiply(p, h, weight, true);
          NdArray next = step(kept[0], t, from, to);
          if (cell.hasMemory()) {
            NdArray memory = step(kept[1], t, from, to);
            cell.forward(step(gates, t, from, to), p, h, next, c, memory, step(kept[2], t, from, to));
            c = memory;
          } else {
            cell.forward(step(gates, t, from, to), p, h, next);
          }
          h = next;
        }
      });
      if (cell.isSplit()) return new NdArray[] {kept[0], gates, own};
      if (!cell.hasMemory()) return new NdArray[] {kept[0]};
      NdArray last = Layout.copy(step(kept[1], reverse ? 0 : steps - 1, 0, batch));
      return new NdArray[] {kept[0], last, gates, kept[1], kept[2]};
    }

    @Override
    public NdArray[] backward(boolean[] wanted, NdArray[] in, NdArray[] y, NdArray[] g) {
      NdArray x = Layout.contiguous(in[0]);
      ElementType type = x.type();
      int steps = x.shape().size(0);
      int batch = x.shape().size(1);
      NdArray states = y[0];
      NdArray gates = y.length > 1 ? Layout.copy(y[1]) : NdArray.unwritten(type, states.shape());
      NdArray own = cell.isSplit() ? Layout.copy(y[2]) : gates;
      NdArray slopes = NdArray.unwritten(type, states.shape());
      Loops.copy(slopes, g[0]);
      NdArray first = NdArray.allocate(type, in[1].shape());
      NdArray memory = cell.hasMemory() ? NdArray.allocate(type, in[1].shape()) : first;
      if (cell.hasMemory()) Loops.copy(memory, g[1]);
      Parallel.forRange(batch, ROWS, (from, to) -> {
        for (int k = steps - 1; k >= 0; k--) {
          int t = reverse ? steps - 1 - k : k;
          int previous = before(t, steps);
          NdArray h = previous < 0 ? part(in[1], from, to) : step(states, previous, from, to);
          NdArray dh = previous < 0 ? part(first, from, to) : step(slopes, previous, from, to);
          NdArray p = step(own, t, from, to);
          NdArray d = step(slopes, t, from, to);
          if (cell.hasMemory()) {
            NdArray c = previous < 0 ? part(in[6], from, to) : step(y[2], previous, from, to);
            cell.backward(p, p, d, h, dh, part(memory, from, to), c, step(y[3], t, from, to));
          } else {
            cell.backward(step(gates, t, from, to), p, d, h, dh, step(states, t, from, to));
          }
          Matmul.multiply(dh, p, in[3], true);
        }
      });
      NdArray[] d = new NdArray[in.length];
      NdArray all = rows(gates);
      if (wanted[0]) d[0] = Matmul.mm(all, in[2]).reshaped(x.shape());
      d[1] = first;
      if (wanted[2]) d[2] = Matmul.mm(turned(all), rows(x));
      if (wanted[3]) d[3] = ofStates(own, states, in[1]);
      if (wanted[4]) d[4] = overRows(all);
      if (wanted[5]) d[5] = !cell.isSplit() && wanted[4] ? Layout.copy(d[4]) : overRows(rows(own));
      if (cell.hasMemory()) d[6] = memory;
      return d;
    }

    /** Σ p hᵀ over all steps, with the states before them. */
    private NdArray ofStates(NdArray p, NdArray states, NdArray first) {
      int steps = p.shape().size(0);
      int batch = first.shape().size(0);
      NdArray d = Matmul.mm(turned(step(p, reverse ? steps - 1 : 0, 0, batch)), first);
      if (steps == 1) return d;
      int rest = batch * (steps - 1);
      NdArray after = Slices.narrowed(rows(p), 0, reverse ? 0 : batch, rest);
      Matmul.multiply(d, turned(after), Slices.narrowed(rows(states), 0, reverse ? batch : 0, rest), true);
      return d;
    }

    private static NdArray overRows(NdArray x) {
      return new Over(Ints.of(0), false, false).reduce(Reducer.SUM, Sums.IDENTITY, x.type(), x.type(), x);
    }

    private static NdArray rows(NdArray x) {
      return x.reshaped(Shape.of(x.shape().size(0) * x.shape().size(1), x.shape().size(2)));
    }

    private static NdArray turned(NdArray x) {
      return x.view(Shape.of(x.shape().size(1), x.shape().size(0)), new int[] {x.stride(1), x.stride(0)}, x.offset());
    }

    private static NdArray part(NdArray x, int from, int to) { return Slices.narrowed(x, 0, from, to - from); }

    /** Rows {@code from … to} of step {@code t}. */
    private static NdArray step(NdArray x, int t, int from, int to) {
      return x.view(Shape.of(to - from, x.shape().size(2)), new int[] {x.stride(1), x.stride(2)},
          x.offset() + t * x.stride(0) + from * x.stride(1));
    }

    @Override
    public Tensor[] reference(Tensor... x) {
      Tensor[] inputs = x[0].unbind();
      Tensor[] states = new Tensor[inputs.length];
      Tensor h = x[1];
      Tensor c = cell.hasMemory() ? x[6] : h;
      for (int k = 0; k < inputs.length; k++) {
        int t = reverse ? inputs.length - 1 - k : k;
        Tensor[] next = cell.reference(inputs[t].matmul(x[2].t()).add(x[4]), h.matmul(x[3].t()).add(x[5]), h, c);
        h = next[0];
        c = next[next.length - 1];
        states[t] = h;
      }
      Tensor all = Torch.stack(states);
      return cell.hasMemory() ? new Tensor[] {all, c} : new Tensor[] {all};
    }
  }
}
