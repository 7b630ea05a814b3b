package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.Tensor;
import dev.flambeau.nn.Linear;
import dev.flambeau.optim.SGD;
import dev.flambeau.vision.ResNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes ResNet-18, as <a href="https://docs.pytorch.org/tutorials/beginner/blitz/autograd_tutorial.html">the tutorial</a> does: all of it is frozen but
 * a new last layer, which learns the classes of other pictures. Where no pretrained weights can be had the whole network learns, from the seed.
 */
public final class Finetune {
  static final int EPOCHS = 4;
  static final int BATCH = 32;
  static final int SIDE = 64;
  private static final long SEED = 0;

  private Finetune() {}

  /**
   * Trains and saves.
   *
   * @param weights a .pth or .safetensors of ResNet-18, or null for those of ImageNet
   * @param resume the checkpoint of an earlier training, or null
   * @param out the folder for checkpoint and curve
   */
  static void run(Pictures pictures, @Nullable Path weights, int epochs, int batch, @Nullable Path resume, Path out)
      throws IOException {
    manualSeed(SEED);
    ResNet model = ResNet.resnet18();
    boolean pretrained = Pretrained.fill(model, weights);
    if (pretrained) for (Tensor p : model.parameters()) p.requiresGrad_(false); // only the new layer learns
    else print("Without pretrained weights the whole network learns.");
    model.fc = new Linear(512, pictures.classes().size());

    var optimizer = new SGD(model.parameters(), 1e-2).momentum(0.9);
    Training training = new Training(model, optimizer, pictures, batch, !pretrained);
    if (resume != null) training.resume(resume);

    Files.createDirectories(out);
    Path checkpoint = out.resolve("checkpoint.pth");
    double accuracy = training.run(epochs, checkpoint);
    if (Files.exists(checkpoint))
      print("the checkpoint is in " + checkpoint + "; --resume " + checkpoint + " goes on from there");
    LossCurve.save("ResNet-18", training.losses(), out.resolve("loss.png"));
    print(String.format(Locale.ROOT, "accuracy: %.1f %%", 100 * accuracy));
  }

  /** Learns the digits that come with the library. */
  public static void main(String... args) throws IOException {
    run(Pictures.digits(SIDE), null, EPOCHS, BATCH, null, Path.of("finetuned"));
  }
}
