package dev.flambeau.optim;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Scope;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Limited-memory BFGS (<a href="https://doi.org/10.1007/BF01589116">Liu and Nocedal, 1989</a>): steps of Newton's method, with an inverse Hessian made from
 * the last steps and changes of the gradient. Each {@link #step(Supplier)} makes several iterations, for which it computes the loss again and again.
 */
public final class LBFGS extends Optimizer implements GroupOptions<LBFGS> {
  /** Learning rate 1. */
  public LBFGS(Iterable<Tensor> params) { this(params, 1); }

  /** An optimizer of {@code params} with learning rate {@code lr}, 20 iterations a step, history of 100, and no line search. */
  public LBFGS(Iterable<Tensor> params, double lr) {
    super(params, options("lr", lr, "max_iter", 20, "max_eval", 25, "tolerance_grad", 1e-7, "tolerance_change", 1e-9,
        "history_size", 100, "line_search_fn", ""));
  }

  /** Iterations of one step; sets {@code maxEval} to 5/4 of it. */
  @CanIgnoreReturnValue
  public LBFGS maxIter(int n) { return set("max_iter", n).maxEval(n * 5 / 4); }

  /** How often one step may compute the loss. */
  @CanIgnoreReturnValue
  public LBFGS maxEval(int n) { return set("max_eval", n); }

  /** The largest |g| at which a step ends. */
  @CanIgnoreReturnValue
  public LBFGS toleranceGrad(double tolerance) { return set("tolerance_grad", tolerance); }

  /** The change of loss or parameters at which a step ends. */
  @CanIgnoreReturnValue
  public LBFGS toleranceChange(double tolerance) { return set("tolerance_change", tolerance); }

  /** How many steps the inverse Hessian is made from. */
  @CanIgnoreReturnValue
  public LBFGS historySize(int n) { return set("history_size", n); }

  /** The line search: {@code "strong_wolfe"}, or "" for none. */
  @CanIgnoreReturnValue
  public LBFGS lineSearch(String name) { return set("line_search_fn", name); }

  /**
   * Refused: this optimizer has one group.
   *
   * @throws IllegalArgumentException always, once it has its parameters
   */
  @Override
  @CanIgnoreReturnValue
  public ParamGroup addParamGroup(Iterable<Tensor> params) {
    if (!paramGroups().isEmpty()) throw error("there can be no further parameter groups; pass all parameters at once");
    return super.addParamGroup(params);
  }

  @Override
  protected Update update(ParamGroup group) { throw error("a step needs the loss anew; call step(closure)"); }

  @Override
  boolean fits(Tensor owner, Tensor kept) { return kept.dim() == 1 && kept.numel() == numel(); }

  /** Iterates until something of the options tells to end; {@code closure} computes loss and gradients. Gives the loss at the beginning. */
  @Override
  @CanIgnoreReturnValue
  public Tensor step(Supplier<Tensor> closure) {
    try (Scope _ = Torch.noGrad()) {
      return new Run(closure).minimize();
    }
  }

  private List<Tensor> params() { return paramGroups().getFirst().params(); }

  private long numel() { return params().stream().mapToLong(Tensor::numel).sum(); }

  private Tensor flatGrad() {
    List<Tensor> flat = new ArrayList<>();
    for (Tensor p : params()) {
      Tensor gradient = p.grad();
      flat.add((gradient == null ? Torch.zerosLike(p) : gradient).reshape(-1));
    }
    return Torch.cat(flat, 0);
  }

  private void move(double t, Tensor direction) {
    long at = 0;
    for (Tensor p : params()) {
      p.add_(direction.narrow(0, at, p.numel()).view(p.shape()), t);
      at += p.numel();
    }
  }

  /** A point of the line: step, loss, gradient, and the gradient along the line. */
  private record Point(double t, double loss, Tensor gradient, double slope) {}

  private final class Run {
    private final Supplier<Tensor> closure;
    private final ParamGroup group = paramGroups().getFirst();
    private final double tolerance = group.number("tolerance_change");
    private int evaluations;

    Run(Supplier<Tensor> closure) {
      this.closure = closure;
    }

    private Tensor evaluate() {
      evaluations++;
      return Torch.enableGrad(closure);
    }

    @SuppressWarnings("unchecked")
    Tensor minimize() {
      Map<String, Object> s = state(params().getFirst());
      Tensor first = evaluate();
      double loss = first.item();
      Tensor g = flatGrad();
      double before = number(s, "func_evals", 0);
      s.put("func_evals", before + 1);
      double n = number(s, "n_iter", 0);
      s.put("n_iter", n);
      if (largest(g) <= group.number("tolerance_grad")) return first;
      var ys = (List<Tensor>) s.computeIfAbsent("old_dirs", _ -> new ArrayList<Tensor>());
      var steps = (List<Tensor>) s.computeIfAbsent("old_stps", _ -> new ArrayList<Tensor>());
      var ro = (List<Object>) s.computeIfAbsent("ro", _ -> new ArrayList<>());
      double scale = number(s, "H_diag", 1);
      double t = number(s, "t", 0);
      int iterations = (int) group.number("max_iter");
      for (int i = 1; i <= iterations; i++) {
        Tensor d = g.neg();
        if (++n > 1) {
          Tensor y = g.sub(tensor(s, "prev_flat_grad"));
          Tensor step = tensor(s, "d").mul(t);
          double curvature = y.dot(step).item();
          if (curvature > 1e-10) {
            if (ys.size() >= group.number("history_size"))
              for (List<?> list : List.of(ys, steps, ro)) list.removeFirst();
            ys.add(y);
            steps.add(step);
            ro.add(1 / curvature);
            scale = curvature / y.dot(y).item();
          }
          d = direction(d, ys, steps, ro, scale);
        }
        s.put("d", d);
        s.put("prev_flat_grad", g);
        double lastLoss = loss;
        t = n == 1 ? Math.min(1, 1 / g.abs().sum().item()) * group.number("lr") : group.number("lr");
        double slope = g.dot(d).item();
        s.putAll(options("n_iter", n, "t", t, "H_diag", scale, "prev_loss", loss));
        if (slope > -tolerance) break;
        if (!group.value("line_search_fn").equals("")) {
          Point best = new LineSearch(d, new Point(0, loss, g, slope)).from(t);
          t = best.t;
          loss = best.loss;
          g = best.gradient;
          move(t, d);
        } else {
          move(t, d);
          if (i < iterations) {
            loss = evaluate().item();
            g = flatGrad();
          }
        }
        s.putAll(options("func_evals", before + evaluations, "t", t));
        if (evaluations >= group.number("max_eval") || largest(g) <= group.number("tolerance_grad")
            || largest(d) * Math.abs(t) <= tolerance || Math.abs(loss - lastLoss) < tolerance)
          break;
      }
      return first;
    }

    /** The inverse Hessian times {@code q}, from the pairs of history in two loops; {@code q} is used up. */
    private Tensor direction(Tensor q, List<Tensor> ys, List<Tensor> steps, List<Object> ro, double scale) {
      double[] al = new double[ys.size()];
      for (int i = al.length - 1; i >= 0; i--) {
        al[i] = steps.get(i).dot(q).item() * toDouble(ro.get(i));
        q.add_(ys.get(i), -al[i]);
      }
      q.mul_(scale);
      for (int i = 0; i < al.length; i++) {
        q.add_(steps.get(i), al[i] - ys.get(i).dot(q).item() * toDouble(ro.get(i)));
      }
      return q;
    }

    /** The search for a step with enough descent and a slope much flatter than at the start (the strong conditions of Wolfe). */
    private final class LineSearch {
      private static final double DESCENT = 1e-4;
      private static final double FLATTER = 0.9;

      private final Tensor d;
      private final Point start;
      private final int limit = (int) group.number("max_eval") - evaluations;
      private final List<Tensor> origin = new ArrayList<>();

      LineSearch(Tensor d, Point start) {
        this.d = d;
        this.start = start;
        for (Tensor p : params()) origin.add(p.clone());
      }

      private Point at(double t) {
        move(t, d);
        double loss = evaluate().item();
        Tensor g = flatGrad();
        for (int i = 0; i < origin.size(); i++) params().get(i).copy_(origin.get(i));
        return new Point(t, loss, g, g.dot(d).item());
      }

      private boolean descends(Point p) { return p.loss <= start.loss + DESCENT * p.t * start.slope; }

      private boolean isFlat(Point p) { return Math.abs(p.slope) <= -FLATTER * start.slope; }

      /** Widens the step until a good one is found, or the bracket of one. */
      Point from(double t) {
        Point last = start;
        Point p = at(t);
        int tries = 0;
        for (; tries < limit; tries++) {
          if (!descends(p) || tries > 1 && p.loss >= last.loss) return narrowed(last, p, tries);
          if (isFlat(p)) return p;
          if (p.slope >= 0) return narrowed(last, p, tries);
          double next = minimum(last, p, p.t + 0.01 * (p.t - last.t), p.t * 10);
          last = p;
          p = at(next);
        }
        return start.loss <= p.loss ? start : p;
      }

      /** Narrows the bracket {@code a}, {@code b} until one end is good. */
      private Point narrowed(Point a, Point b, int tries) {
        Point low = a.loss <= b.loss ? a : b;
        Point high = a.loss <= b.loss ? b : a;
        boolean stuck = false;
        double size = largest(d);
        while (tries++ < limit && Math.abs(high.t - low.t) * size >= tolerance) {
          double min = Math.min(low.t, high.t);
          double max = Math.max(low.t, high.t);
          double t = minimum(low, high, min, max);
          double margin = 0.1 * (max - min);
          boolean close = Math.min(max - t, t - min) < margin;
          boolean moves = close && (stuck || t >= max || t <= min);
          if (moves) t = max - t < t - min ? max - margin : min + margin;
          stuck = close && !moves;
          Point p = at(t);
          if (descends(p) && p.loss < low.loss) {
            if (isFlat(p)) return p;
            if (p.slope * (high.t - low.t) >= 0) high = low;
            low = p;
          } else {
            high = p.loss < low.loss ? low : p;
            low = p.loss < low.loss ? p : low;
          }
        }
        return low;
      }
    }
  }

  /** Where the cubic through two points, with these slopes, is least between {@code from} and {@code to}. */
  private static double minimum(Point a, Point b, double from, double to) {
    Point left = a.t <= b.t ? a : b;
    Point right = a.t <= b.t ? b : a;
    double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
    double square = d1 * d1 - a.slope * b.slope;
    if (!(square >= 0)) return (from + to) / 2;
    double d2 = Math.sqrt(square);
    double t = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return Math.min(Math.max(t, from), to);
  }

  private static double largest(Tensor x) { return x.abs().max().item(); }

  private static Tensor tensor(Map<String, Object> s, String name) {
    return (Tensor) Objects.requireNonNull(s.get(name), name);
  }

  private static double number(Map<String, Object> s, String name, double initial) {
    return toDouble(s.getOrDefault(name, initial));
  }

  private static double toDouble(Object number) {
    return number instanceof Tensor one ? one.item() : ((Number) number).doubleValue();
  }
}
