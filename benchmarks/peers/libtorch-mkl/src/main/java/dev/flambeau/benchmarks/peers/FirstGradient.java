package dev.flambeau.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;

/** The least program that has a gradient: what a start takes. */
final class FirstGradient {
  private FirstGradient() {}

  /** Prints the gradient of the sum of squares. */
  public static void main(String[] args) {
    NDArray x = NDManager.newBaseManager().create(new float[] {2, 3});
    x.setRequiresGradient(true);
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      gradients.backward(x.mul(x).sum());
    }
    System.out.println(Arrays.toString(x.getGradient().toFloatArray()));
  }
}
