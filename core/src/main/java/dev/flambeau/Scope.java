package dev.flambeau;

/**
 * Something switched on or off until {@link #close}, for try-with-resources: {@code try (var _ = noGrad()) { … }}.
 *
 * <p>A scope belongs to the thread that opened it and must be closed there, the last opened first.
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {
  /** Puts back what was before. */
  @Override
  void close();
}
