package dev.flambeau.examples;

import static dev.flambeau.Torch.forkRng;

import dev.flambeau.Tensor;
import dev.flambeau.data.Dataset;
import dev.flambeau.data.Example;
import dev.flambeau.vision.Digits;
import dev.flambeau.vision.ImageFolder;
import dev.flambeau.vision.transforms.CenterCrop;
import dev.flambeau.vision.transforms.Normalize;
import dev.flambeau.vision.transforms.Resize;
import dev.flambeau.vision.transforms.ToRgb;
import dev.flambeau.vision.transforms.ToTensor;
import dev.flambeau.vision.transforms.Transform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Pictures to learn from, and others to be tried on. */
record Pictures(Dataset<Example<Tensor>> train, Dataset<Example<Tensor>> test, List<String> classes) {
  /** What ImageNet's networks expect: colours, a square, and ImageNet's mean and spread. */
  private static Transform<BufferedImage, Tensor> prepared(int side) {
    return new ToRgb().then(new Resize(side)).then(new CenterCrop(side)).then(new ToTensor())
        .then(new Normalize(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225}));
  }

  /** The digits that come with the library, enlarged. */
  static Pictures digits(int side) {
    return new Pictures(prepared(Digits.train(), side), prepared(Digits.test(), side), Digits.train().classes());
  }

  /** A folder of {@code train} and {@code val}, each with a folder for each class; or of classes, a fifth of whose pictures is held out. */
  static Pictures folder(Path folder, int side) throws IOException {
    Path train = folder.resolve("train");
    if (Files.isDirectory(train)) {
      ImageFolder seen = new ImageFolder(train);
      Path held = folder.resolve(Files.isDirectory(folder.resolve("val")) ? "val" : "test");
      if (!Files.isDirectory(held)) throw new IOException(
          folder + " has a folder train, but none of pictures to be tried on; name that val or test");
      ImageFolder unseen = new ImageFolder(held);
      if (seen.size() < 2) throw new IOException(train + " has one picture; at least 2 are needed to learn from");
      if (!seen.classes().equals(unseen.classes())) {
        throw new IOException("the pictures to learn from are of the classes " + seen.classes()
            + ", those to be tried on of " + unseen.classes() + "; they must be the same");
      }
      return new Pictures(prepared(seen, side), prepared(unseen, side), seen.classes());
    }
    ImageFolder all = new ImageFolder(folder);
    if (all.size() < 5) throw new IOException(
        folder + " has " + all.size() + " pictures; at least 5 are needed, as a fifth of them is held out");
    try (var _ = forkRng(0)) {
      var parts = Dataset.randomSplit(prepared(all, side), 0.8, 0.2);
      return new Pictures(parts.get(0), parts.get(1), all.classes());
    }
  }

  private static Dataset<Example<Tensor>> prepared(Dataset<Example<BufferedImage>> pictures, int side) {
    Transform<BufferedImage, Tensor> transform = prepared(side);
    return pictures.mapped(example -> example.mapInput(transform));
  }
}
