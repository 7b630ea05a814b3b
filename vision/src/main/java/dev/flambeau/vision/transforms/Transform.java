package dev.flambeau.vision.transforms;

import java.util.function.Function;

/**
 * A step from a picture or tensor to another, to be used with {@code Dataset.mapped} or {@code Example.mapInput}. Any
 * lambda is a transform. Random ones draw from the generator of {@code Torch}, in torchvision's order, so that the same
 * seed gives torchvision's crops, flips and colours.
 *
 * <p>Pictures are 8-bit grey or RGB, as with torchvision on PIL images: other {@code BufferedImage}s are converted, an
 * alpha channel is dropped, a grey picture stays grey. A transform never changes the picture it is given.
 */
@FunctionalInterface
public interface Transform<A, B> extends Function<A, B> {
  /** This transform and then {@code next}. */
  default <C> Transform<A, C> then(Function<? super B, ? extends C> next) { return a -> next.apply(apply(a)); }
}
