package dev.flambeau.examples;

import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.crossEntropy;

import dev.flambeau.Tensor;
import dev.flambeau.nn.Linear;
import dev.flambeau.optim.SGD;
import dev.flambeau.vision.ResNet;
import dev.flambeau.viz.Dag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * <a href="https://docs.pytorch.org/tutorials/beginner/blitz/autograd_tutorial.html">A gentle introduction to
 * torch.autograd</a>, the script.
 */
@SuppressWarnings("NullAway") // after backward, leaves have gradients
public final class GentleIntroduction {
  private GentleIntroduction() {}

  /** Runs the script. The graph is drawn into a new temporary folder; where, is said on the error stream. */
  public static void main(String... args) throws IOException {
    manualSeed(0);

    // Usage in PyTorch.
    ResNet model = Pretrained.resnet18();
    Tensor data = rand(1, 3, 64, 64);
    Tensor labels = rand(1, 1000);

    Tensor prediction = model.apply(data); // forward pass

    Tensor loss = prediction.sub(labels).sum();
    loss.backward(); // backward pass

    var optim = new SGD(model.parameters(), 1e-2).momentum(0.9);
    optim.step(); // gradient descent

    // Differentiation in autograd.
    Tensor a = tensor(2., 3.).requiresGrad_();
    Tensor b = tensor(6., 4.).requiresGrad_();
    Tensor Q = a.pow(3).mul(3).sub(b.pow(2)); // Q = 3*a**3 - b**2

    Tensor externalGrad = tensor(1., 1.);
    Q.backward(externalGrad);

    // Check whether the collected gradients are correct.
    print(a.pow(2).mul(9).eq(a.grad())); // 9*a**2 == a.grad
    print(b.mul(-2).eq(b.grad())); // -2*b == b.grad

    // The computational graph.
    Dag dag = Dag.of(Q, Map.of("a", a, "b", b, "Q", Q));
    Path folder = Files.createTempDirectory("flambeau");
    Path picture = Files.writeString(folder.resolve("Q.svg"), dag.toSvg());
    Path dot = Files.writeString(folder.resolve("Q.dot"), dag.toDot());
    System.err.println("The graph of Q is drawn in " + picture + " (and, for Graphviz, in " + dot + ")");

    // Exclusion from the graph.
    Tensor x = rand(5, 5);
    Tensor y = rand(5, 5);
    Tensor z = rand(5, 5).requiresGrad_();

    a = x.add(y);
    print("Does `a` require gradients? : " + a.requiresGrad());
    b = x.add(z);
    print("Does `b` require gradients?: " + b.requiresGrad());

    // Freeze all the parameters in the network.
    model = Pretrained.resnet18();
    for (Tensor param : model.parameters()) param.requiresGrad_(false);

    model.fc = new Linear(512, 10);

    // Optimize only the classifier.
    var optimizer = new SGD(model.parameters(), 1e-2).momentum(0.9);
    crossEntropy(model.apply(data), tensor(3L).unsqueeze(0)).backward();
    optimizer.step();
  }
}
