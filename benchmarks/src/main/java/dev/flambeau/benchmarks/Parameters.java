package dev.flambeau.benchmarks;

import static dev.flambeau.Torch.fromArray;
import static dev.flambeau.Torch.noGrad;

import dev.flambeau.Tensor;
import dev.flambeau.benchmarks.worker.Inputs;
import dev.flambeau.nn.Module;
import java.util.Map;

/** The values that every library's parameters get. */
final class Parameters {
  private Parameters() {}

  /** Fills the parameters in the order in which the network has them. */
  static <M extends Module> M filled(M network) {
    int place = 0;
    for (Map.Entry<String, Tensor> parameter : network.namedParameters().entrySet()) {
      Tensor p = parameter.getValue();
      float[] values = Inputs.parameter(place++, parameter.getKey().contains("bias"), p.shape());
      try (var _ = noGrad()) {
        p.copy_(fromArray(values, p.shape()));
      }
    }
    return network;
  }
}
