package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.optim.Adam;
import dev.flambeau.vision.Cifar10;
import dev.flambeau.vision.Digits;
import dev.flambeau.vision.FashionMnist;
import dev.flambeau.vision.ImageDataset;
import dev.flambeau.vision.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains {@link ConvNet} on a well-known set of pictures. */
@Command(name = "train", description = "Trains a convolutional network: digits, mnist, fashion-mnist or cifar10.")
final class TrainCommand implements Callable<Integer> {
  /** The data sets. */
  enum Pick { DIGITS, MNIST, FASHION_MNIST, CIFAR10 }

  @Parameters(paramLabel = "data", description = "digits, mnist, fashion-mnist or cifar10.")
  String name = "";

  @Option(names = "--data", paramLabel = "folder", description = "Where the files are; else they are downloaded, once.")
  @Nullable Path folder;

  @Option(names = "--epochs", paramLabel = "n", description = "How often it sees each picture; ${DEFAULT-VALUE}.")
  int epochs = 3;

  @Option(names = "--batch", paramLabel = "n", description = "Pictures for each step; ${DEFAULT-VALUE}.")
  int batch = 64;

  @Option(names = "--lr", paramLabel = "rate", description = "Learning rate of Adam; ${DEFAULT-VALUE}.")
  double rate = 1e-3;

  @Option(names = "--resume", paramLabel = "file", description = "Goes on from this checkpoint, up to --epochs.")
  @Nullable Path resume;

  @Option(names = "--out", paramLabel = "folder", description = "Where checkpoint and curve go; ${DEFAULT-VALUE}.")
  Path out = Path.of("trained");

  @Spec
  CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    check(epochs >= 1, "--epochs must be at least 1, but is " + epochs);
    check(batch >= 2, "--batch must be at least 2, but is " + batch);
    check(rate > 0 && Double.isFinite(rate), "--lr must be a number above 0, but is " + rate);
    check(folder == null || Files.isDirectory(folder), "--data must be a folder, but " + folder + " is none");
    check(resume == null || Files.isRegularFile(resume), "--resume: there is no file " + resume);
    Pick pick = pick();
    check(pick != Pick.DIGITS || folder == null, "--data: the digits come with the library, so they take no folder");
    ImageDataset train = read(pick, true);
    ImageDataset test = read(pick, false);

    manualSeed(0);
    var size = train.images().shape();
    var model = new ConvNet(size[1], size[2], size[3], train.classes().size());
    print(model);
    var optimizer = new Adam(model.parameters(), rate);
    Pictures pictures = new Pictures(train.tensors(), test.tensors(), train.classes());
    Training training = new Training(model, optimizer, pictures, batch, true);
    if (resume != null) training.resume(resume);
    Files.createDirectories(out);
    double accuracy = training.run(epochs, out.resolve(name + ".pth"));
    LossCurve.save(name, training.losses(), out.resolve(name + ".png"));
    print(String.format(Locale.ROOT, "accuracy: %.1f %%", 100 * accuracy));
    return 0;
  }

  private Pick pick() {
    for (Pick each : Pick.values())
      if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) return each;
    throw new ParameterException(spec.commandLine(),
        "there is no data set '" + name + "'; there are digits, mnist, fashion-mnist, cifar10");
  }

  private ImageDataset read(Pick pick, boolean train) throws IOException {
    Path in = folder;
    return switch (pick) {
      case DIGITS -> train ? Digits.train() : Digits.test();
      case MNIST -> in == null ? train ? Mnist.train() : Mnist.test() : train ? Mnist.train(in) : Mnist.test(in);
      case FASHION_MNIST -> in == null ? train ? FashionMnist.train() : FashionMnist.test()
          : train ? FashionMnist.train(in) : FashionMnist.test(in);
      case CIFAR10 -> in == null ? train ? Cifar10.train() : Cifar10.test()
          : train ? Cifar10.train(in) : Cifar10.test(in);
    };
  }

  private void check(boolean fine, String otherwise) {
    if (!fine) throw new ParameterException(spec.commandLine(), otherwise);
  }
}
