package dev.flambeau.benchmarks;

import static dev.flambeau.benchmarks.worker.Inputs.FIRST_BATCH;
import static dev.flambeau.benchmarks.worker.Inputs.FIRST_SIDE;

import dev.flambeau.Torch;
import dev.flambeau.vision.ResNet;

/** The first step of training ResNet-18 in a process, from its initialisation by chance on. */
final class FirstStep {
  private FirstStep() {}

  /** Takes the number of threads and prints the loss. */
  public static void main(String[] args) {
    Torch.setNumThreads(Integer.parseInt(args[0]));
    Torch.manualSeed(0);
    System.out.println(Training.resnet(ResNet.resnet18(), FIRST_BATCH, FIRST_SIDE).step());
  }
}
