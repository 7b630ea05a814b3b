package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;

/**
 * One step of a recurrent layer, from p, what the inputs give, and q, what the state h gives, both with a column for each gate of each unit, to the next
 * state.
 *
 * <p>{@code forward} gets p, q, h, the next h, and with a memory: c, the next c, its tanh. It writes the next ones, and into p the gates. {@code backward} gets
 * these p and q, the gradient of the next h, h, its gradient, and with a memory: the gradient of c, before and after, c, and the tanh of the next c; else the next
 * h. It writes the gradients of p and q into these, and adds to that of h what does not go through q.
 */
public enum RecurrentCell {
  /** h′ = tanh(p + q). */
  RNN_TANH(1) {
    @Override
    void forward(NdArray... x) { map(TANH, x[3], x[0]); }

    @Override
    void backward(NdArray... x) { map(TANH_SLOPE, x[0], x[2], x[5]); }

    @Override
    Tensor[] reference(Tensor p, Tensor q, Tensor h, Tensor c) { return new Tensor[] {p.add(q).tanh()}; }
  },
  /** h′ = max(0, p + q). */
  RNN_RELU(1) {
    @Override
    void forward(NdArray... x) { map(RELU, x[3], x[0]); }

    @Override
    void backward(NdArray... x) { map(RELU_SLOPE, x[0], x[2], x[5]); }

    @Override
    Tensor[] reference(Tensor p, Tensor q, Tensor h, Tensor c) { return new Tensor[] {p.add(q).relu()}; }
  },
  /** With gates i, f, o = σ(p + q) and g = tanh(p + q), in the order i, f, g, o: c′ = f · c + i · g, h′ = o · tanh c′. */
  LSTM(4) {
    @Override
    void forward(NdArray... x) {
      int n = x[3].shape().size(1);
      NdArray i = gate(x[0], 0, n);
      map(LSTM_STEP, i, i, gate(x[0], 1, n), gate(x[0], 2, n), gate(x[0], 3, n), x[5], x[6], x[3], x[4]);
    }

    @Override
    void backward(NdArray... x) {
      int n = x[2].shape().size(1);
      NdArray i = gate(x[0], 0, n);
      map(LSTM_SLOPES, i, i, gate(x[0], 1, n), gate(x[0], 2, n), gate(x[0], 3, n), x[5], x[2], x[6], x[7]);
    }

    @Override
    Tensor[] reference(Tensor p, Tensor q, Tensor h, Tensor c) {
      Tensor[] gates = p.add(q).chunk(4, -1);
      Tensor next = gates[1].sigmoid().mul(c).add(gates[0].sigmoid().mul(gates[2].tanh()));
      return new Tensor[] {gates[3].sigmoid().mul(next.tanh()), next};
    }
  },
  /** With gates r, z = σ(p + q) and n = tanh(p + r · q), in this order: h′ = (1 − z) · n + z · h. */
  GRU(3) {
    @Override
    void forward(NdArray... x) {
      int n = x[3].shape().size(1);
      NdArray r = gate(x[0], 0, n);
      map(GRU_STEP, r, r, gate(x[0], 1, n), gate(x[0], 2, n), x[3], gate(x[1], 0, n), gate(x[1], 1, n),
          gate(x[1], 2, n),
          x[2]);
    }

    @Override
    void backward(NdArray... x) {
      int n = x[2].shape().size(1);
      NdArray r = gate(x[0], 0, n);
      map(GRU_SLOPES, r, r, gate(x[0], 1, n), gate(x[0], 2, n), gate(x[1], 0, n), gate(x[1], 1, n), gate(x[1], 2, n),
          x[4], x[2], x[3]);
    }

    @Override
    Tensor[] reference(Tensor p, Tensor q, Tensor h, Tensor c) {
      Tensor[] a = p.chunk(3, -1);
      Tensor[] b = q.chunk(3, -1);
      Tensor z = a[1].add(b[1]).sigmoid();
      Tensor n = a[2].add(a[0].add(b[0]).sigmoid().mul(b[2])).tanh();
      return new Tensor[] {n.add(z.mul(h.sub(n)))};
    }
  };

  private static final Scalar A = Scalar.arg(0);
  private static final Scalar B = Scalar.arg(1);
  private static final Scalar C = Scalar.arg(2);
  private static final Scalar D = Scalar.arg(3);
  private static final Formula TANH = Formula.of(A.tanh(), 1);
  private static final Formula RELU = Formula.of(A.max(Scalar.constant(0)), 1);
  private static final Formula TANH_SLOPE = Formula.of(A.mul(tanhSlope(B)), 2);
  private static final Formula RELU_SLOPE = Formula.of(B.gt(Scalar.constant(0)).select(A, Scalar.constant(0)), 2);
  private static final Formula LSTM_STEP = lstmStep();
  private static final Formula LSTM_SLOPES = lstmSlopes();
  private static final Formula GRU_STEP = gruStep();
  private static final Formula GRU_SLOPES = gruSlopes();

  /** Gates of each unit. */
  public final int gates;

  RecurrentCell(int gates) {
    this.gates = gates;
  }

  abstract void forward(NdArray... x);

  abstract void backward(NdArray... x);

  /** The next state, and the next memory if there is one. */
  abstract Tensor[] reference(Tensor p, Tensor q, Tensor h, Tensor c);

  /** Whether a memory c is handed on besides the state. */
  boolean hasMemory() { return this == LSTM; }

  /** Whether p and q are not just added. */
  boolean isSplit() { return this == GRU; }

  private static Scalar tanhSlope(Scalar y) { return Scalar.constant(1).sub(y.mul(y)); }

  private static Scalar sigmoidSlope(Scalar y) { return y.mul(Scalar.constant(1).sub(y)); }

  /** Arguments: i, f, g, o, c′, tanh c′, h′, all to be written, and c. */
  private static Formula lstmStep() {
    Scalar i = A.sigmoid();
    Scalar f = B.sigmoid();
    Scalar g = C.tanh();
    Scalar o = D.sigmoid();
    Scalar next = f.mul(Scalar.arg(7)).add(i.mul(g));
    return Formula.of(i, 8, f, g, o, next, next.tanh(), o.mul(next.tanh()));
  }

  /** Arguments: r, z, n, h′, all to be written, the three q, and h. */
  private static Formula gruStep() {
    Scalar r = A.add(Scalar.arg(4)).sigmoid();
    Scalar z = B.add(Scalar.arg(5)).sigmoid();
    Scalar n = C.add(r.mul(Scalar.arg(6))).tanh();
    return Formula.of(r, 8, z, n, n.add(z.mul(Scalar.arg(7).sub(n))));
  }

  /** Arguments: i, f, g, o, dc, dh, c, tanh c′. */
  private static Formula lstmSlopes() {
    Scalar dh = Scalar.arg(5);
    Scalar t = Scalar.arg(7);
    Scalar dc = Scalar.arg(4).add(dh.mul(D).mul(tanhSlope(t)));
    return Formula.of(dc.mul(C).mul(sigmoidSlope(A)), 8, dc.mul(Scalar.arg(6)).mul(sigmoidSlope(B)),
        dc.mul(A).mul(tanhSlope(C)), dh.mul(t).mul(sigmoidSlope(D)), dc.mul(B));
  }

  /** Arguments: r, z, n, the three q, dh, dh′, h. */
  private static Formula gruSlopes() {
    Scalar dh = Scalar.arg(7);
    Scalar dn = dh.mul(Scalar.constant(1).sub(B)).mul(tanhSlope(C));
    Scalar dz = dh.mul(Scalar.arg(8).sub(C)).mul(sigmoidSlope(B));
    Scalar dr = dn.mul(Scalar.arg(5)).mul(sigmoidSlope(A));
    return Formula.of(dr, 9, dz, dn, dr, dz, dn.mul(A), Scalar.arg(6).add(dh.mul(B)));
  }

  private static NdArray gate(NdArray x, int k, int n) { return Slices.narrowed(x, 1, k * n, n); }

  private static void map(Formula f, NdArray out, NdArray... x) { Loops.map(f, out.type(), out, x); }
}
