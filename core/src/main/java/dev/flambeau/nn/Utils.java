package dev.flambeau.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.List;

/** What is done to many parameters at once, as in {@code torch.nn.utils}. */
public final class Utils {
  private Utils() {}

  /** {@link #clipGradNorm_(Iterable, double, double)} by the Euclidean norm. */
  @CanIgnoreReturnValue
  public static Tensor clipGradNorm_(Iterable<Tensor> parameters, double maxNorm) {
    return clipGradNorm_(parameters, maxNorm, 2);
  }

  /**
   * Scales all gradients by one factor, so that their norm, taken as of one vector, is at most {@code maxNorm}; gives the norm that it was.
   *
   * @param normType the p of the norm; {@code Double.POSITIVE_INFINITY} for the largest magnitude
   * @throws IllegalArgumentException if {@code maxNorm} is negative
   */
  @CanIgnoreReturnValue
  public static Tensor clipGradNorm_(Iterable<Tensor> parameters, double maxNorm, double normType) {
    if (!(maxNorm >= 0))
      throw new IllegalArgumentException("clipGradNorm_: expected a norm of at least 0, got " + maxNorm);
    return Torch.noGrad(() -> {
      List<Tensor> gradients = gradients(parameters);
      if (gradients.isEmpty()) return Torch.tensor(0.0);
      Tensor total = Torch.stack(gradients.stream().map(g -> g.flatten().norm(normType)).toList(), 0).norm(normType, 0);
      double factor = maxNorm / (total.item() + 1e-6);
      if (!(factor >= 1)) for (Tensor g : gradients) g.mul_(factor);
      return total;
    });
  }

  /**
   * Limits each element of all gradients to [−clipValue, clipValue].
   *
   * @throws IllegalArgumentException if {@code clipValue} is negative
   */
  public static void clipGradValue_(Iterable<Tensor> parameters, double clipValue) {
    if (!(clipValue >= 0))
      throw new IllegalArgumentException("clipGradValue_: expected a limit of at least 0, got " + clipValue);
    Torch.noGrad(() -> {
      for (Tensor g : gradients(parameters)) g.clamp_(-clipValue, clipValue);
    });
  }

  /** The elements of all parameters in one vector, with a history as {@link Torch#cat} gives it. */
  public static Tensor parametersToVector(Iterable<Tensor> parameters) {
    List<Tensor> flat = new ArrayList<>();
    for (Tensor p : parameters) flat.add(p.flatten());
    return Torch.cat(flat, 0);
  }

  /**
   * Writes the elements of {@code vector} to the parameters, in the order of {@link #parametersToVector}.
   *
   * @throws IllegalArgumentException if there are more or fewer than the parameters have
   */
  public static void vectorToParameters(Tensor vector, Iterable<Tensor> parameters) {
    long total = 0;
    for (Tensor p : parameters) total += p.numel();
    if (vector.dim() != 1 || vector.numel() != total) throw new IllegalArgumentException(
        "vectorToParameters: expected a vector of " + total + " elements, got " + vector.dim() + " dimensions and "
            + vector.numel() + " elements");
    Torch.noGrad(() -> {
      long at = 0;
      for (Tensor p : parameters) {
        p.copy_(vector.narrow(0, at, p.numel()).view(p.shape()));
        at += p.numel();
      }
    });
  }

  private static List<Tensor> gradients(Iterable<Tensor> parameters) {
    List<Tensor> gradients = new ArrayList<>();
    for (Tensor p : parameters) p.lendGrad(g -> gradients.add(g.detach()));
    return gradients;
  }
}
