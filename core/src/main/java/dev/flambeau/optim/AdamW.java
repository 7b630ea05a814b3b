package dev.flambeau.optim;

import dev.flambeau.Tensor;
import java.util.List;

/**
 * {@link Adam} whose weight decay is not part of the gradient: p ← (1 − lr · weightDecay) · p first
 * (<a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, 2017</a>).
 */
public final class AdamW extends Optimizer implements GroupOptions.OfAdam<AdamW> {
  /** Learning rate 1e-3, weight decay 1e-2. */
  public AdamW(Iterable<Tensor> params) { this(params, 1e-3); }

  /** An optimizer of {@code params} with learning rate {@code lr} and weight decay 1e-2. */
  public AdamW(Iterable<Tensor> params, double lr) {
    super(params,
        options("lr", lr, "betas", List.of(0.9, 0.999), "eps", 1e-8, "weight_decay", 1e-2, "amsgrad", false, "maximize",
            false, "decoupled_weight_decay", true));
  }

  @Override
  protected Update update(ParamGroup group) { return Adam.updateOf(group); }
}
