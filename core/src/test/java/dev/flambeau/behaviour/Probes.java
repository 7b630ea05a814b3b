package dev.flambeau.behaviour;

import dev.flambeau.Node;
import dev.flambeau.Tensor;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What several classes of these tests look at. */
final class Probes {
  private Probes() {}

  static double[] values(@Nullable Tensor x) {
    if (x == null) throw new AssertionError("there is no gradient");
    return x.toDoubleArray();
  }

  static double value(@Nullable Tensor x) {
    double[] all = values(x);
    if (all.length != 1) throw new AssertionError("there are " + all.length + " elements");
    return all[0];
  }

  static Node node(Tensor x) {
    Node node = x.gradFn();
    if (node == null) throw new AssertionError("it has no gradFn");
    return node;
  }

  /** The node behind input {@code i} of {@code node}. */
  static Node next(Node node, int i) {
    Node next = node.nextFunctions().get(i).node();
    if (next == null) throw new AssertionError("input " + i + " has no node");
    return next;
  }

  /** The accumulator of a leaf. */
  static Node accumulator(Tensor leaf) { return next(node(leaf.mul(1)), 0); }

  /** Whether the collector takes what nothing but {@code gone} refers to. */
  static boolean isCollected(WeakReference<?> gone) throws InterruptedException {
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
      Thread.sleep(5);
    }
    return gone.get() == null;
  }
}
