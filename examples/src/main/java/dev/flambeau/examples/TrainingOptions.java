package dev.flambeau.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that run a {@link Training}. */
final class TrainingOptions {
  @Option(names = "--epochs", paramLabel = "n", description = "How often it sees each picture; ${DEFAULT-VALUE}.")
  int epochs;

  @Option(names = "--batch", paramLabel = "n", description = "Pictures for each step; ${DEFAULT-VALUE}.")
  int batch;

  @Option(names = "--resume", paramLabel = "file", description = "Goes on from this checkpoint, up to --epochs.")
  @Nullable Path resume;

  @Option(names = "--out", paramLabel = "folder", description = "Where checkpoint and curve go; ${DEFAULT-VALUE}.")
  Path out;

  TrainingOptions(int epochs, int batch, Path out) {
    this.epochs = epochs;
    this.batch = batch;
    this.out = out;
  }

  void check(CheckedCommand command) {
    command.check(epochs >= 1, "--epochs must be at least 1, but is " + epochs);
    command.check(batch >= 2, "--batch must be at least 2, but is " + batch);
    command.check(resume == null || Files.isRegularFile(resume), "--resume: there is no file " + resume);
  }
}
