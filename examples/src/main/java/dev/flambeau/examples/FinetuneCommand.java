package dev.flambeau.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@link Finetune} with pictures, weights and numbers of the user's choice. */
@Command(name = "finetune", description = "Fine-tunes ResNet-18 on the digits, or on pictures of your own.")
final class FinetuneCommand implements Callable<Integer> {
  @Option(names = "--data", paramLabel = "folder", description = "Pictures: folder/class/picture.jpg, or the same in folder/train and folder/val.") @Nullable Path data;

  @Option(names = "--weights", paramLabel = "file", description = "A .pth or .safetensors of ResNet-18, instead of ImageNet's.")
  @Nullable Path weights;

  @Option(names = "--epochs", paramLabel = "n", description = "How often it sees each picture; ${DEFAULT-VALUE}.")
  int epochs = Finetune.EPOCHS;

  @Option(names = "--batch", paramLabel = "n", description = "Pictures for each step; ${DEFAULT-VALUE}.")
  int batch = Finetune.BATCH;

  @Option(names = "--size", paramLabel = "n", description = "Pixels of each side; 64, or 224 with --data.")
  @Nullable Integer size;

  @Option(names = "--resume", paramLabel = "file", description = "Goes on from this checkpoint, up to --epochs.")
  @Nullable Path resume;

  @Option(names = "--out", paramLabel = "folder", description = "Where checkpoint and curve go; ${DEFAULT-VALUE}.")
  Path out = Path.of("finetuned");

  @Spec
  CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    check(epochs >= 1, "--epochs must be at least 1, but is " + epochs);
    check(batch >= 2, "--batch must be at least 2, but is " + batch);
    check(size == null || size >= 32 && size <= 1024, "--size must be from 32 to 1024, but is " + size);
    check(data == null || Files.isDirectory(data), "--data must be a folder, but " + data + " is none");
    check(weights == null || Files.isRegularFile(weights), "--weights: there is no file " + weights);
    check(resume == null || Files.isRegularFile(resume), "--resume: there is no file " + resume);
    Pictures pictures = data == null ? Pictures.digits(size == null ? Finetune.SIDE : size)
        : Pictures.folder(data, size == null ? 224 : size);
    Finetune.run(pictures, weights, epochs, batch, resume, out);
    return 0;
  }

  private void check(boolean fine, String otherwise) {
    if (!fine) throw new ParameterException(spec.commandLine(), otherwise);
  }
}
