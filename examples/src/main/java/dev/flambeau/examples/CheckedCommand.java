package dev.flambeau.examples;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A sub-command that checks what it is told. */
abstract class CheckedCommand {
  @Spec
  CommandSpec spec = CommandSpec.create();

  final void check(boolean fine, String otherwise) {
    if (!fine) throw new ParameterException(spec.commandLine(), otherwise);
  }
}
