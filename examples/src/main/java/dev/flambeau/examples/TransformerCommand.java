package dev.flambeau.examples;

import static dev.flambeau.Torch.*;

import dev.flambeau.Tensor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains {@link CharTransformer} on a text file, and has it go on. */
@Command(name = "transformer", description = "A transformer learns a text file letter by letter, and goes on with it.")
final class TransformerCommand extends CheckedCommand implements Callable<Integer> {
  private static final int BEGUN = 32;

  @Parameters(paramLabel = "file", description = "A text in UTF-8.")
  Path file = Path.of("");

  @Option(names = "--steps", paramLabel = "n", description = "Steps of training; ${DEFAULT-VALUE}.")
  long steps = 500;

  @Option(names = "--letters", paramLabel = "n", description = "How many letters it goes on; ${DEFAULT-VALUE}.")
  long letters = 300;

  @Override
  public Integer call() throws IOException {
    check(Files.isRegularFile(file), "there is no file " + file);
    check(steps >= 1, "--steps must be at least 1, but is " + steps);
    check(letters >= 0, "--letters must not be below 0, but is " + letters);
    int[] text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8).codePoints().toArray();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not a text in UTF-8", e);
    }
    check(text.length > CharTransformer.CONTEXT + 1,
        "the text has " + text.length + " letters; at least " + (CharTransformer.CONTEXT + 2) + " are needed");
    int[] alphabet = Arrays.stream(text).distinct().sorted().toArray();
    Tensor numbers =
        fromArray(Arrays.stream(text).mapToLong(c -> Arrays.binarySearch(alphabet, c)).toArray(), text.length);

    manualSeed(0);
    CharTransformer model = new CharTransformer(alphabet.length);
    double loss = CharTransformer.train(model, numbers, steps);
    Tensor told = CharTransformer.goOn(model, numbers.narrow(0, 0, BEGUN), letters);
    StringBuilder line = new StringBuilder();
    for (long number : told.toLongArray()) line.appendCodePoint(alphabet[(int) number]);
    print(line);
    print(String.format(Locale.ROOT, "loss: %.3f, of %.3f for a guess", loss, Math.log(alphabet.length)));
    return 0;
  }
}
