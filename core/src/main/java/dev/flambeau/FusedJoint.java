package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that could be written with others and is faster in one piece, with its gradients in another piece. Gradients of these gradients are those of
 * {@link #reference}.
 */
public interface FusedJoint extends Joint {
  /** How many of the first outputs are results; the others are what the way back needs. */
  int results();

  /** The results from plain tensor operations. */
  Tensor[] reference(Tensor... x);

  /**
   * The gradients of those inputs that are {@code wanted}, in their shapes; anything for the others.
   *
   * @param x the inputs
   * @param y the outputs, but only those that are saved
   * @param g gradients of the results; a single number, zero, where there is none
   */
  NdArray[] backward(boolean[] wanted, NdArray[] x, NdArray[] y, NdArray[] g);

  @Override
  default Saves saves(int i) { return new Saves(-1); }

  @Override
  default @Nullable Tensor[] gradients(boolean[] wanted, Saved s, @Nullable Tensor[] g) {
    int n = s.inputs();
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < n; i++) all.add(s.input(i));
    int bits = 0;
    for (int i = 0; i < n; i++) if (wanted[i]) bits |= 1 << i;
    for (int k = 0; k < results(); k++) {
      Tensor each = g[k];
      all.add(each != null ? each : Numbers.beside(all.getFirst(), 0.0));
    }
    int outputs = 0;
    for (int k = 0; k < g.length; k++) {
      if (!savesOutput(k)) continue;
      all.add(s.output(k).detach());
      outputs++;
    }
    @Nullable Tensor[] d = Op.apply(new FusedBackward(this, n, outputs, bits), all.toArray(Tensor[]::new));
    for (int i = 0; i < n; i++) if (!wanted[i]) d[i] = null;
    return d;
  }

  /** The gradients of {@code of}. Inputs: those of {@code of}, the gradients of its results, and its outputs, treated as what they are, functions of its inputs. */
  record FusedBackward(FusedJoint of, int inputs, int outputs, int wanted) implements Joint {
    private static final Shape NONE = Shape.of(0);

    @Override
    public String name() { return of.name() + "Backward"; }

    private boolean[] mask() {
      boolean[] mask = new boolean[inputs];
      for (int i = 0; i < inputs; i++) mask[i] = (wanted >> i & 1) != 0;
      return mask;
    }

    @Override
    public NdArray[] outputs(NdArray... x) {
      int last = x.length - outputs;
      boolean[] mask = mask();
      NdArray[] d = of.backward(mask, Arrays.copyOf(x, inputs), Arrays.copyOfRange(x, last, x.length),
          Arrays.copyOfRange(x, inputs, last));
      for (int i = 0; i < inputs; i++) if (!mask[i]) d[i] = NdArray.allocate(x[0].type(), NONE);
      return d;
    }

    @Override
    public Saves saves(int i) { return new Saves((1 << inputs + of.results()) - 1); }

    @Override
    public @Nullable Tensor[] gradients(boolean[] asked, Saved s, @Nullable Tensor[] h) {
      int n = inputs + of.results();
      GraphOption last = Modes.current().grad ? GraphOption.CREATE_GRAPH : GraphOption.ALLOW_UNUSED;
      try (var _ = Torch.enableGrad()) {
        Tensor[] x = new Tensor[n];
        List<Tensor> sources = new ArrayList<>();
        List<Tensor> wrt = new ArrayList<>();
        List<Tensor> directions = new ArrayList<>();
        boolean[] mask = mask();
        for (int i = 0; i < n; i++) {
          Tensor own = Op.apply(Views.ALIAS, s.input(i));
          x[i] = own.requiresGrad() ? own : own.detach().requiresGrad_();
          if (asked[i]) sources.add(x[i]);
          Tensor direction = i < inputs && mask[i] ? h[i] : null;
          if (direction == null) continue;
          wrt.add(x[i]);
          directions.add(direction);
        }
        Tensor[] y = of.reference(Arrays.copyOf(x, inputs));
        List<Tensor> results = new ArrayList<>();
        List<Tensor> weights = new ArrayList<>();
        for (int k = 0; k < y.length; k++) {
          if (s.shapeOf(inputs + k).rank() == 0) continue;
          results.add(y[k]);
          weights.add(x[inputs + k]);
        }
        List<Tensor> first =
            Autograd.grad(results, wrt, weights, GraphOption.CREATE_GRAPH, GraphOption.MATERIALIZE_GRADS);
        List<? extends @Nullable Tensor> second =
            Autograd.grad(first, sources, directions, GraphOption.ALLOW_UNUSED, last);
        @Nullable Tensor[] d = new Tensor[s.inputs()];
        for (int i = 0, next = 0; i < n; i++) if (asked[i]) d[i] = second.get(next++);
        return d;
      }
    }
  }
}
