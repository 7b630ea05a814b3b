package dev.flambeau.benchmarks.peers;

import dev.flambeau.benchmarks.worker.Inputs;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Parameters of networks in their order, filled with the values that every library's get. */
final class Parameters {
  private final TensorVector all = new TensorVector();

  static TensorVector filled(Module network) {
    Parameters parameters = new Parameters();
    parameters.add(network);
    return parameters.all;
  }

  void add(Module layer) {
    StringTensorDict named = layer.named_parameters();
    try (AutoGradMode _ = new AutoGradMode(false)) {
      for (long i = 0; i < named.size(); i++) {
        StringTensorDictItem item = named.get(i);
        Tensor p = item.value();
        long[] shape = p.sizes().vec().get();
        boolean bias = item.key().getString().contains("bias");
        p.copy_(LibTorch.tensor(Inputs.parameter(Math.toIntExact(all.size()), bias, shape), shape));
        all.push_back(p);
      }
    }
  }

  TensorVector all() { return all; }
}
