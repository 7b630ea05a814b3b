package dev.flambeau.vision;

/** Weights of {@link ResNet#resnet18(ResNet18Weights)}, as in <a href="https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet18.html">torchvision</a>. */
public enum ResNet18Weights implements PretrainedWeights {
  /** 69.758 % of the ImageNet pictures held out are recognised; 45 MB. */
  IMAGENET1K_V1("resnet18-f37072fd.pth");

  /** The best there are. */
  public static final ResNet18Weights DEFAULT = IMAGENET1K_V1;

  private final String file;

  ResNet18Weights(String file) { this.file = file; }

  @Override
  public String file() { return file; }
}
