package dev.flambeau.benchmarks.peers;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The least program that has a gradient: what a start takes. */
final class FirstGradient {
  private FirstGradient() {}

  /** Prints the gradient of the sum of squares. */
  public static void main(String[] args) {
    Tensor x = torch.tensor(2f, 3f).requires_grad_();
    x.mul(x).sum().backward();
    float[] gradient = new float[2];
    new FloatPointer(x.grad().data_ptr_float()).get(gradient);
    System.out.println(Arrays.toString(gradient));
  }
}
