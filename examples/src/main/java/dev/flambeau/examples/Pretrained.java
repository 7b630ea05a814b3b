package dev.flambeau.examples;

import dev.flambeau.Tensor;
import dev.flambeau.io.Checkpoint;
import dev.flambeau.io.SafeTensors;
import dev.flambeau.nn.IncompatibleKeys;
import dev.flambeau.vision.ResNet;
import dev.flambeau.vision.ResNet18Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trained weights of ResNet-18, where there are any. */
final class Pretrained {
  private Pretrained() {}

  /** ResNet-18 with ImageNet's weights; without them, which is said on the error stream, with first values from the seed. */
  static ResNet resnet18() {
    ResNet model = ResNet.resnet18();
    Map<String, Tensor> weights = imageNet();
    if (weights != null) model.loadStateDict(weights);
    return model;
  }

  /**
   * Fills in all but the classifier.
   *
   * @param file a .pth or .safetensors, or null for ImageNet's weights
   * @return whether there are weights
   */
  static boolean fill(ResNet model, @Nullable Path file) throws IOException {
    Map<String, Tensor> weights = file == null ? imageNet() : read(file);
    if (weights == null) return false;
    Map<String, Tensor> body = new HashMap<>(weights);
    body.keySet().removeIf(Pretrained::isOfClassifier);
    IncompatibleKeys keys;
    try {
      keys = model.loadStateDict(body, false);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold the weights of ResNet-18: " + e.getMessage(), e);
    }
    boolean all = keys.unexpected().isEmpty() && keys.missing().stream().allMatch(Pretrained::isOfClassifier);
    if (!all) throw new IOException(file + " does not hold the weights of ResNet-18: " + keys);
    return true;
  }

  private static boolean isOfClassifier(String key) { return key.startsWith("fc."); }

  private static Map<String, Tensor> read(Path file) throws IOException {
    return file.toString().endsWith(".safetensors") ? SafeTensors.load(file) : Checkpoint.loadStateDict(file);
  }

  private static @Nullable Map<String, Tensor> imageNet() {
    try {
      return ResNet18Weights.DEFAULT.stateDict();
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.err.println("So ResNet-18 begins with random numbers from the seed.");
      return null;
    }
  }
}
