package dev.flambeau.nn;

import static dev.flambeau.nn.ConvOption.bias;
import static dev.flambeau.nn.ConvOption.dilation;
import static dev.flambeau.nn.ConvOption.groups;
import static dev.flambeau.nn.ConvOption.outputPadding;
import static dev.flambeau.nn.ConvOption.padding;
import static dev.flambeau.nn.ConvOption.paddingMode;
import static dev.flambeau.nn.ConvOption.stride;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How the layers of {@code tools/golden/layers.py} are made here, by their keys. */
final class LayerRows {
  private final Map<String, Supplier<Module>> rows = new LinkedHashMap<>();

  private LayerRows() {}

  static Map<String, Supplier<Module>> all() {
    LayerRows all = new LayerRows();
    all.linearAndEmbedding();
    all.convolutions();
    all.normalisation();
    all.pooling();
    all.arranging();
    all.activations();
    all.losses();
    all.distances();
    all.networks();
    return all.rows;
  }

  private void row(String key, Supplier<Module> layer) { rows.put(key, layer); }

  private void linearAndEmbedding() {
    row("linear", () -> new Linear(4, 3));
    row("linear.noBias", () -> new Linear(4, 3, false));
    row("bilinear", () -> new Bilinear(4, 3, 2));
    row("bilinear.noBias", () -> new Bilinear(2, 3, 2, false));
    row("identity", Identity::new);
    row("embedding", () -> new Embedding(7, 3));
    row("embedding.padding", () -> new Embedding(7, 3, -2));
    row("embedding.maxNorm", () -> new Embedding(7, 3, null, 1.0, 2));
  }

  private void convolutions() {
    row("conv1d", () -> new Conv1d(4, 3, 3));
    row("conv1d.all", () -> new Conv1d(4, 6, 3, stride(2), padding(2), dilation(2), groups(2), bias(false)));
    row("conv2d", () -> new Conv2d(4, 3, 3));
    row("conv2d.short", () -> new Conv2d(4, 3, 3, 2, 1));
    row("conv2d.stride2", () -> new Conv2d(4, 3, new long[] {3, 2}, stride(2), padding(1, 0), bias(false)));
    row("conv2d.groups", () -> new Conv2d(4, 8, 3, padding(1), groups(4), dilation(1, 2)));
    for (String mode : new String[] {"reflect", "replicate", "circular"}) {
      row("conv2d." + mode, () -> new Conv2d(4, 2, 3, padding(1, 2), paddingMode(mode)));
    }
    row("conv2d.same", () -> new Conv2d(4, 2, new long[] {2, 3}, padding("same"), dilation(1, 2)));
    row("convTranspose1d", () -> new ConvTranspose1d(4, 3, 3, stride(2)));
    row("convTranspose2d", () -> new ConvTranspose2d(4, 3, 3));
    row("convTranspose2d.all", () -> new ConvTranspose2d(4, 6, new long[] {3, 2}, stride(2), padding(1),
        outputPadding(1), groups(2), dilation(1, 2)));
  }

  private void normalisation() {
    row("batchNorm1d", () -> new BatchNorm1d(4));
    row("batchNorm1d.3d", () -> new BatchNorm1d(4, 1e-3, 0.3, true, true));
    row("batchNorm2d", () -> new BatchNorm2d(4));
    row("batchNorm2d.cumulative", () -> new BatchNorm2d(4, 1e-5, null, true, true));
    row("batchNorm2d.plain", () -> new BatchNorm2d(4, 1e-5, 0.1, false, false));
    row("instanceNorm1d", () -> new InstanceNorm1d(4));
    row("instanceNorm2d", () -> new InstanceNorm2d(4, 1e-5, 0.1, true, true));
    row("instanceNorm2d.single", () -> new InstanceNorm2d(4));
    row("layerNorm", () -> new LayerNorm(4));
    row("layerNorm.two", () -> new LayerNorm(new long[] {3, 4}, 1e-3, true, false));
    row("layerNorm.plain", () -> new LayerNorm(new long[] {4}, 1e-5, false, true));
    row("groupNorm", () -> new GroupNorm(2, 4));
    row("groupNorm.plain", () -> new GroupNorm(4, 4, 1e-3, false));
    row("rmsNorm", () -> new RMSNorm(4));
    row("rmsNorm.eps", () -> new RMSNorm(new long[] {3, 4}, 1e-3, false));
    row("dropout", Dropout::new);
    row("dropout1d", Dropout1d::new);
    row("dropout2d", () -> new Dropout2d(0.25));
    row("alphaDropout", AlphaDropout::new);
  }

  private void pooling() {
    row("maxPool1d", () -> new MaxPool1d(3, 2, 1));
    row("maxPool2d", () -> new MaxPool2d(2));
    row("maxPool2d.all", () -> new MaxPool2d(new long[] {3, 2}, new long[] {2, 1}, new long[] {1, 0}, new long[] {1, 2},
        true));
    row("maxPool2d.stem", () -> new MaxPool2d(3, 2, 1));
    row("avgPool1d", () -> new AvgPool1d(3));
    row("avgPool2d", () -> new AvgPool2d(2));
    row("avgPool2d.all", () -> new AvgPool2d(new long[] {3, 2}, new long[] {2, 1}, new long[] {1, 0}, true, false));
    row("adaptiveAvgPool1d", () -> new AdaptiveAvgPool1d(3));
    row("adaptiveAvgPool2d", () -> new AdaptiveAvgPool2d(1, 1));
    row("adaptiveAvgPool2d.square", () -> new AdaptiveAvgPool2d(4));
    row("adaptiveMaxPool1d", () -> new AdaptiveMaxPool1d(3));
    row("adaptiveMaxPool2d", () -> new AdaptiveMaxPool2d(4, 3));
  }

  private void arranging() {
    row("upsample", () -> new Upsample(2));
    row("upsample.bilinear", () -> new Upsample(1.5, "bilinear", true));
    row("upsample.size", () -> new Upsample(new long[] {7, 3}, "bilinear", false));
    row("pixelShuffle", () -> new PixelShuffle(2));
    row("zeroPad2d", () -> new ZeroPad2d(1));
    row("reflectionPad2d", () -> new ReflectionPad2d(1, 2, 3, 0));
    row("replicationPad2d", () -> new ReplicationPad2d(2));
    row("flatten", Flatten::new);
    row("flatten.dims", () -> new Flatten(0, 1));
    row("unflatten", () -> new Unflatten(1, 2, 2));
  }

  private void activations() {
    row("softmax", () -> new Softmax(1));
    row("logSoftmax", () -> new LogSoftmax(-1));
    row("softmin", () -> new Softmin(1));
    row("ReLU", ReLU::new);
    row("ReLU.inplace", () -> new Sequential(new Linear(4, 3), new ReLU(true)));
    row("ReLU6", ReLU6::new);
    row("LeakyReLU", LeakyReLU::new);
    row("LeakyReLU.slope", () -> new LeakyReLU(0.2));
    row("ELU", ELU::new);
    row("ELU.alpha", () -> new ELU(0.7));
    row("CELU", CELU::new);
    row("CELU.alpha", () -> new CELU(0.7));
    row("SELU", SELU::new);
    row("GELU", GELU::new);
    row("GELU.tanh", () -> new GELU("tanh"));
    row("SiLU", SiLU::new);
    row("Mish", Mish::new);
    row("Sigmoid", Sigmoid::new);
    row("LogSigmoid", LogSigmoid::new);
    row("Tanh", Tanh::new);
    row("Softplus", Softplus::new);
    row("Softplus.beta", () -> new Softplus(2, 1));
    row("Softsign", Softsign::new);
    row("Softshrink", Softshrink::new);
    row("Hardshrink", Hardshrink::new);
    row("Tanhshrink", Tanhshrink::new);
    row("Hardtanh", Hardtanh::new);
    row("Hardtanh.wide", () -> new Hardtanh(-0.75, 1e-5));
    row("Hardsigmoid", Hardsigmoid::new);
    row("Hardswish", Hardswish::new);
    row("Threshold", () -> new Threshold(0.1, 20));
    row("GLU", GLU::new);
    row("GLU.dim", () -> new GLU(1));
    row("PReLU", PReLU::new);
    row("PReLU.channels", () -> new PReLU(4, 0.1));
  }

  private void losses() {
    row("MSELoss", MSELoss::new);
    row("MSELoss.sum", () -> new MSELoss(LossReduction.SUM));
    row("L1Loss", L1Loss::new);
    row("SmoothL1Loss", () -> new SmoothL1Loss(LossReduction.NONE, 0.5));
    row("HuberLoss", () -> new HuberLoss(LossReduction.MEAN, 0.7));
    row("SoftMarginLoss", SoftMarginLoss::new);
    row("HingeEmbeddingLoss", HingeEmbeddingLoss::new);
    row("PoissonNLLLoss", PoissonNLLLoss::new);
    row("PoissonNLLLoss.full", () -> new PoissonNLLLoss(false, true, 1e-8, LossReduction.SUM));
    row("KLDivLoss", () -> new KLDivLoss(LossReduction.SUM, false));
    row("KLDivLoss.log", () -> new KLDivLoss(LossReduction.NONE, true));
    row("BCELoss", BCELoss::new);
    row("BCELoss.weight", () -> new BCELoss(weights(), LossReduction.MEAN));
    row("BCEWithLogitsLoss", BCEWithLogitsLoss::new);
    row("BCEWithLogitsLoss.weights", () -> new BCEWithLogitsLoss(Torch.tensor(new double[] {1.5}), LossReduction.MEAN,
        weights()));
    row("NLLLoss", NLLLoss::new);
    row("NLLLoss.weight", () -> new NLLLoss(weights(), 2, LossReduction.SUM));
    row("CrossEntropyLoss", CrossEntropyLoss::new);
    row("CrossEntropyLoss.weight", () -> new CrossEntropyLoss(weights(), 3, LossReduction.MEAN, 0.1));
    row("CrossEntropyLoss.soft", CrossEntropyLoss::new);
    row("TripletMarginLoss", TripletMarginLoss::new);
    row("TripletMarginLoss.swap", () -> new TripletMarginLoss(0.5, 3, 1e-6, true, LossReduction.SUM));
    row("MarginRankingLoss", () -> new MarginRankingLoss(0.3, LossReduction.MEAN));
    row("CosineEmbeddingLoss", () -> new CosineEmbeddingLoss(0.1, LossReduction.MEAN));
    row("GaussianNLLLoss", GaussianNLLLoss::new);
    row("GaussianNLLLoss.full", () -> new GaussianNLLLoss(true, 1e-6, LossReduction.NONE));
  }

  private static Tensor weights() { return Torch.tensor(0.5, 2.0, 1.0, 0.25); }

  private void distances() {
    row("CosineSimilarity", CosineSimilarity::new);
    row("CosineSimilarity.dim", () -> new CosineSimilarity(0, 1e-6));
    row("PairwiseDistance", PairwiseDistance::new);
    row("PairwiseDistance.p", () -> new PairwiseDistance(3, 1e-6, true));
  }

  /** A residual block, as a network of one's own. */
  static final class Block extends Module {
    private final Conv2d conv1;
    private final BatchNorm2d bn1;
    private final Tensor scale = parameter(Torch.ones(1));

    Block(long channels) {
      conv1 = new Conv2d(channels, channels, 3, padding(1), bias(false));
      bn1 = new BatchNorm2d(channels);
    }

    @Override
    public Tensor forward(Tensor x) { return x.add(scale.mul(bn1.apply(conv1.apply(x)).relu())); }
  }

  private void networks() {
    row("mlp", () -> new Sequential(new Linear(4, 8), new ReLU(), new Dropout(0.1), new Linear(8, 2)));
    row("convnet", () -> new Sequential(new Conv2d(4, 3, 3, bias(false)), new BatchNorm2d(3), new ReLU(true),
        new Block(3), new MaxPool2d(2), new AdaptiveAvgPool2d(1, 1), new Flatten(), new Linear(3, 2)));
    row("nested", () -> new ModuleDict().put("body", new ModuleList<>(new Linear(2, 2), new Linear(2, 2), new Tanh()))
        .put("head", new Block(1)));
    row("parameterList", () -> new ParameterList(Torch.zeros(2, 3), Torch.zeros(4)));
  }

  /** What {@code layer} makes of one, two or three inputs. */
  static Tensor call(Module layer, Tensor... x) {
    return switch (layer) {
      case Loss l -> l.apply(x[0], x[1]);
      case Bilinear l -> l.apply(x[0], x[1]);
      case CosineSimilarity l -> l.apply(x[0], x[1]);
      case PairwiseDistance l -> l.apply(x[0], x[1]);
      case TripletMarginLoss l -> l.apply(x[0], x[1], x[2]);
      case MarginRankingLoss l -> l.apply(x[0], x[1], x[2]);
      case CosineEmbeddingLoss l -> l.apply(x[0], x[1], x[2]);
      case GaussianNLLLoss l -> l.apply(x[0], x[1], x[2]);
      default -> layer.apply(x[0]);
    };
  }
}
