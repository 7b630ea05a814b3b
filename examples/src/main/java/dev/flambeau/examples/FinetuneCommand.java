package dev.flambeau.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@link Finetune} with pictures, weights and numbers of the user's choice. */
@Command(name = "finetune", description = "Fine-tunes ResNet-18 on the digits, or on pictures of your own.")
final class FinetuneCommand extends CheckedCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "folder", description = "Pictures: folder/class/picture.jpg, or the same in folder/train and folder/val.") @Nullable Path data;

  @Option(names = "--weights", paramLabel = "file", description = "A .pth or .safetensors of ResNet-18, instead of ImageNet's.")
  @Nullable Path weights;

  @Mixin
  TrainingOptions options = new TrainingOptions(Finetune.EPOCHS, Finetune.BATCH, Path.of("finetuned"));

  @Option(names = "--size", paramLabel = "n", description = "Pixels of each side; 64, or 224 with --data.")
  @Nullable Integer size;

  @Override
  public Integer call() throws IOException {
    options.check(this);
    check(size == null || size >= 32 && size <= 1024, "--size must be from 32 to 1024, but is " + size);
    check(data == null || Files.isDirectory(data), "--data must be a folder, but " + data + " is none");
    check(weights == null || Files.isRegularFile(weights), "--weights: there is no file " + weights);
    Pictures pictures = data == null ? Pictures.digits(size == null ? Finetune.SIDE : size)
        : Pictures.folder(data, size == null ? 224 : size);
    Finetune.run(pictures, weights, options.epochs, options.batch, options.resume, options.out);
    return 0;
  }
}
