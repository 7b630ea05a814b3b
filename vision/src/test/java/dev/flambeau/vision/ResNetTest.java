package dev.flambeau.vision;

import static dev.flambeau.Torch.arange;
import static dev.flambeau.Torch.cat;
import static dev.flambeau.Torch.manualSeed;
import static dev.flambeau.Torch.noGrad;
import static dev.flambeau.Torch.rand;
import static dev.flambeau.Torch.stack;
import static dev.flambeau.nn.Functional.crossEntropy;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.nn.Linear;
import dev.flambeau.optim.SGD;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the numbers that tools/golden/resnet.py has from PyTorch. */
class ResNetTest {
  private static final int SAMPLES = 12;
  private static final Map<String, String[]> GOLDEN = golden();

  private static Map<String, String[]> golden() {
    Map<String, String[]> lines = new HashMap<>();
    InputStream file = requireNonNull(ResNetTest.class.getResourceAsStream("/golden/resnet.txt.gz"));
    try (var text = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      text.lines().map(line -> line.split(" ")).forEach(words -> lines.put(words[0] + " " + words[1], words));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return lines;
  }

  /** Within {@code tolerance} of the greatest absolute value of all elements. */
  private static void check(String name, Tensor x, double tolerance) {
    String[] words = requireNonNull(GOLDEN.get(name), name);
    double[] found = x.detach().reshape(-1).toDoubleArray();
    assertThat(found.length).as(name).isEqualTo(Integer.parseInt(words[2]));
    double greatest = Double.parseDouble(words[3]);
    double norm = Math.sqrt(Arrays.stream(found).map(v -> v * v).sum());
    assertThat(norm).as("norm of %s", name).isCloseTo(Double.parseDouble(words[4]), within(tolerance * norm + 1e-30));
    for (int k = 5; k < words.length; k++) {
      int i = found.length <= SAMPLES ? k - 5 : (int) ((k - 5L) * (found.length - 1) / (SAMPLES - 1));
      assertThat(found[i]).as("%s at %d", name, i).isCloseTo(Double.parseDouble(words[k]),
          within(tolerance * greatest + 1e-30));
    }
  }

  private static ResNet made(Supplier<ResNet> network) {
    manualSeed(0);
    return network.get();
  }

  private static Tensor batch(long size, long side) {
    manualSeed(1);
    return rand(size, 3, side, side);
  }

  private static Tensor labels(long size) { return arange(size).mul(7).to(DType.INT64); }

  /** The network of which tools/golden/resnet.py writes the state dict and the gradients. */
  private static ResNet filled() {
    ResNet model = made(ResNet::resnet18);
    manualSeed(2);
    try (var _ = noGrad()) {
      for (Tensor p : model.parameters()) {
        double bound = p.dim() == 1 ? 0 : Math.sqrt(6. * p.size(0) / p.numel());
        p.uniform_(p.dim() == 1 ? 0.5 : -bound, p.dim() == 1 ? 1 : bound);
      }
      for (Tensor b : model.buffers()) if (b.dim() == 1) b.uniform_(0.5, 1);
    }
    return model;
  }

  @ParameterizedTest
  @CsvSource({"64, true", "64, false", "224, true", "224, false"})
  void predictionsAllGradientsAndRunningStatisticsArePyTorchs(int side, boolean training) {
    String network = "resnet18." + side + "." + (training ? "train " : "eval ");
    ResNet model = filled();
    model.train(training).to(DType.FLOAT64);
    Tensor x = batch(2, side).to(DType.FLOAT64).requiresGrad_();
    Tensor logits = model.apply(x);
    crossEntropy(logits, labels(2)).backward();
    check(network + "logits", logits, 1e-9);
    check(network + "input", requireNonNull(x.grad()), 1e-9);
    Map<String, Tensor> parameters = model.namedParameters();
    assertThat(parameters).hasSize(62);
    parameters.forEach((name, p) -> check(network + name, requireNonNull(p.grad(), name), 1e-9));
    if (training) model.namedBuffers().forEach((name, b) -> check(network + name, b, 1e-9));
  }

  /** No ReLU of this network has an input near enough to 0 for a rounding error to push it over; see decision 013. */
  @ParameterizedTest
  @CsvSource({"64, true", "64, false", "224, true", "224, false"})
  void theSameInSinglePrecision(int side, boolean training) {
    String network = "resnet18." + side + "." + (training ? "train " : "eval ");
    ResNet model = filled();
    model.train(training);
    Tensor logits = model.apply(batch(2, side));
    check(network + "logits", logits, 1e-4);
    crossEntropy(logits, labels(2)).backward();
    model.namedParameters().forEach((name, p) -> check(network + name, requireNonNull(p.grad(), name), 1e-4));
    if (training) model.namedBuffers().forEach((name, b) -> check(network + name, b, 1e-4));
  }

  @Test
  void tenStepsWithMomentumFollowPyTorchsLosses() {
    ResNet model = made(ResNet::resnet18);
    Tensor x = batch(4, 64);
    var optimizer = new SGD(model.parameters(), 0.01).momentum(0.9);
    List<Tensor> losses = new ArrayList<>();
    for (int step = 0; step < 10; step++) {
      Tensor loss = crossEntropy(model.apply(x), labels(4));
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      losses.add(loss.detach());
    }
    check("resnet18.steps losses", stack(losses, 0), 1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet34", "resnet50"})
  void namesFirstValuesAndPredictionsArePyTorchs(String name) {
    ResNet model = made(switch (name) {
      case "resnet18" -> ResNet::resnet18;
      case "resnet34" -> ResNet::resnet34;
      default -> ResNet::resnet50;
    });
    String[] keys = requireNonNull(GOLDEN.get(name + " keys"));
    assertThat(model.stateDict().keySet()).containsExactly(Arrays.copyOfRange(keys, 3, keys.length));
    assertThat(model.parameters().stream().mapToLong(Tensor::numel).sum()).isEqualTo(Long.parseLong(keys[2]));
    check(name + " first", cat(
        model.parameters().stream().map(p -> p.detach().reshape(-1).narrow(0, 0, 2)).toList(), 0), 1e-6);
    check(name + " logits", noGrad(() -> model.apply(batch(2, 64))), 1e-4);
  }

  @Test
  void onlyTheNewClassifierOfAFrozenNetworkLearns() {
    ResNet model = made(ResNet::resnet18);
    model.freeze();
    model.fc = new Linear(512, 10);
    crossEntropy(model.apply(batch(2, 64)), labels(2)).backward();
    List<String> learning = model.namedParameters().entrySet().stream().filter(p -> p.getValue().grad() != null)
        .map(Map.Entry::getKey).toList();
    assertThat(learning).containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void theBestWeightsAreAtTheirOfficialAddress() {
    assertThat(Stream.of(ResNet18Weights.DEFAULT, ResNet34Weights.DEFAULT, ResNet50Weights.DEFAULT)
        .map(w -> w.url().toString())).containsExactly("https://download.pytorch.org/models/resnet18-f37072fd.pth",
            "https://download.pytorch.org/models/resnet34-b627a593.pth",
            "https://download.pytorch.org/models/resnet50-11ad3fa6.pth");
  }
}
