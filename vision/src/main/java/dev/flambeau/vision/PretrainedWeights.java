package dev.flambeau.vision;

import dev.flambeau.Tensor;
import dev.flambeau.io.Checkpoint;
import dev.flambeau.io.Hub;
import dev.flambeau.vision.transforms.CenterCrop;
import dev.flambeau.vision.transforms.Normalize;
import dev.flambeau.vision.transforms.Resize;
import dev.flambeau.vision.transforms.ToRgb;
import dev.flambeau.vision.transforms.ToTensor;
import dev.flambeau.vision.transforms.Transform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Weights of a network that was trained on the 1000 classes of ImageNet, and what its pictures must go through. */
public sealed interface PretrainedWeights permits ResNet18Weights, ResNet34Weights, ResNet50Weights {
  /** The name of the file, which ends in the first eight digits of its SHA-256. */
  String file();

  /** Where the file is. */
  default URI url() { return URI.create("https://download.pytorch.org/models/" + file()); }

  /** Length of the shorter side that pictures are resized to, before 224 × 224 pixels are cut out of their middle. */
  default int resizeSize() { return 256; }

  /**
   * The file, downloaded on first use.
   *
   * @throws IOException if it cannot be had; the message says which file to put where
   */
  default Path download() throws IOException {
    String digits = file().substring(file().lastIndexOf('-') + 1, file().lastIndexOf('.'));
    return Hub.file(url()).inCache("checkpoints").sha256Prefix(digits).download();
  }

  /**
   * The weights, downloaded on first use.
   *
   * @throws UncheckedIOException if they cannot be had; the message says which file to put where
   */
  default Map<String, Tensor> stateDict() {
    try {
      return Checkpoint.loadStateDict(download());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** What pictures went through in training: {@code BufferedImage} → {@code (3, 224, 224)}. */
  default Transform<BufferedImage, Tensor> transforms() {
    return new ToRgb().then(new Resize(resizeSize())).then(new CenterCrop(224)).then(new ToTensor())
        .then(new Normalize(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225}));
  }
}
