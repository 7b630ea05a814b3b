package dev.flambeau;

/** Takes a hook away again. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {
  /** Removes the hook; a second time does nothing. */
  void remove();

  /** Removes the hook. */
  @Override
  default void close() { remove(); }
}
