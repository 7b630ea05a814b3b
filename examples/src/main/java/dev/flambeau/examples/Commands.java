package dev.flambeau.examples;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The sub-commands. */
@Command(name = "flambeau", synopsisSubcommandLabel = "[sub-command]", subcommands = {DigitsCommand.class,
  FinetuneCommand.class,
  TrainCommand.class, TransformerCommand.class}) final class Commands implements Callable<Integer> {
  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "This text.")
  boolean asksForHelp;

  @Spec
  CommandSpec spec = CommandSpec.create();

  /** Exit code 0, or 2 after one line that says what was wrong. */
  static int execute(String... args) {
    CommandLine commands = new CommandLine(new Commands());
    commands.getCommandSpec().usageMessage().header("torch.autograd in plain Java; without a sub-command, the tour.")
        .footer("", "The launcher ./flambeau also has:", "  jshell    jshell with the library imported",
            "  bench     measures");
    commands.setParameterExceptionHandler((e, _) -> {
      System.err.println("flambeau: " + String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")));
      return CommandLine.ExitCode.USAGE;
    });
    commands.setExecutionExceptionHandler((e, _, _) -> {
      Throwable cause = e; // a loader's error has that of the file within
      while (cause != null && !(cause instanceof IOException)) cause = cause.getCause();
      if (cause == null) throw e;
      System.err.println("flambeau: " + words(cause));
      return CommandLine.ExitCode.SOFTWARE;
    });
    return commands.execute(args);
  }

  /** The JDK's errors about files may tell only the path. */
  private static String words(Throwable e) {
    return switch (e) {
      case NoSuchFileException missing when missing.getReason() == null -> "there is no " + missing.getFile();
      case FileAlreadyExistsException there when there.getReason() == null ->
          there.getFile() + " is there, but is no folder";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      default -> String.valueOf(e.getMessage());
    };
  }

  @Override
  public Integer call() throws IOException {
    tour();
    return CommandLine.ExitCode.OK;
  }

  @Command(description = "All tutorials, the digits, then fine-tuning.")
  void tour() throws IOException {
    for (Tutorial each : Tutorial.values()) show(each);
    heading("Handwritten digits, read by a network of two layers");
    Digits.main();
    System.out.println();
    heading("The same digits, read by ResNet-18");
    Finetune.main();
  }

  @Command(description = "An LSTM learns a sine wave, and goes on with it.")
  void sine() { SineLstm.main(); }

  @Command(description = "What there is.")
  void help() { spec.commandLine().usage(System.out); }

  @Command(description = "A tutorial, or all of them; 'names' lists them.")
  void tutorial(@Parameters(arity = "0..1", paramLabel = "name") @Nullable String name) throws IOException {
    if (name == null) {
      for (Tutorial each : Tutorial.values()) show(each);
      return;
    }
    if (name.equals("names")) {
      System.out.println(names("\n"));
      return;
    }
    Tutorial tutorial = Tutorial.named(name);
    if (tutorial == null) {
      throw new ParameterException(spec.commandLine(), "there is no tutorial '" + name + "'; there are " + names(", "));
    }
    tutorial.run();
  }

  private static void show(Tutorial tutorial) throws IOException {
    heading(tutorial.heading());
    tutorial.run();
    System.out.println();
  }

  private static void heading(String text) { System.out.println("=== " + text); }

  private static String names(String between) {
    return Arrays.stream(Tutorial.values()).map(Tutorial::title).collect(Collectors.joining(between));
  }
}
