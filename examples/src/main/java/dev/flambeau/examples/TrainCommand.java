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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Trains {@link ConvNet} on a well-known set of pictures. */
@Command(name = "train", description = "Trains a convolutional network: digits, mnist, fashion-mnist or cifar10.")
final class TrainCommand extends CheckedCommand implements Callable<Integer> {
  /** The data sets. */
  enum Pick { DIGITS, MNIST, FASHION_MNIST, CIFAR10 }

  @Parameters(paramLabel = "data", description = "digits, mnist, fashion-mnist or cifar10.")
  String name = "";

  @Option(names = "--data", paramLabel = "folder", description = "Where the files are; else they are downloaded, once.")
  @Nullable Path folder;

  @Mixin
  TrainingOptions options = new TrainingOptions(3, 64, Path.of("trained"));

  @Option(names = "--lr", paramLabel = "rate", description = "Learning rate of Adam; ${DEFAULT-VALUE}.")
  double rate = 1e-3;

  @Override
  public Integer call() throws IOException {
    options.check(this);
    check(rate > 0 && Double.isFinite(rate), "--lr must be a number above 0, but is " + rate);
    check(folder == null || Files.isDirectory(folder), "--data must be a folder, but " + folder + " is none");
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
    Training training = new Training(model, optimizer, pictures, options.batch, true);
    if (options.resume != null) training.resume(options.resume);
    Files.createDirectories(options.out);
    double accuracy = training.run(options.epochs, options.out.resolve(name + ".pth"));
    LossCurve.save(name, training.losses(), options.out.resolve(name + ".png"));
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
}
