package dev.flambeau.data;

import dev.flambeau.Tensor;
import java.util.function.Function;

/**
 * What a network is shown and what it should answer; a batch of examples is an example of stacked tensors.
 *
 * @param input a tensor, or what a transform makes a tensor of, such as an image
 * @param target a class as a 0-dimensional int64 tensor, or any other tensor
 */
public record Example<X>(X input, Tensor target) {
  /** This example with its input transformed. */
  public <Y> Example<Y> mapInput(Function<? super X, ? extends Y> f) { return new Example<>(f.apply(input), target); }
}
