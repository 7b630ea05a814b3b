package dev.flambeau;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Counts the in-place changes of one storage, for all tensors that share it. */
final class Version {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Version.class, "value", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int value;

  int get() { return value; }

  void increment() { VALUE.getAndAdd(this, 1); }
}
