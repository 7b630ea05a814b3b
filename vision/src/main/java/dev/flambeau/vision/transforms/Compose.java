package dev.flambeau.vision.transforms;

import java.util.List;

/**
 * Several transforms of one kind, one after the other. Where the kind changes, {@link Transform#then} goes on:
 * {@code new Compose<>(new Resize(256), new CenterCrop(224)).then(new ToTensor()).then(new Normalize(mean, std))}.
 */
public record Compose<X>(List<Transform<X, X>> transforms) implements Transform<X, X> {
  /** Copies the list. */
  public Compose { transforms = List.copyOf(transforms); }

  /** These transforms. */
  @SafeVarargs
  @SuppressWarnings("varargs") // copied, and read only
  public Compose(Transform<X, X>... transforms) { this(List.of(transforms)); }

  @Override
  public X apply(X x) {
    X y = x;
    for (Transform<X, X> transform : transforms) y = transform.apply(y);
    return y;
  }
}
