/** ResNet and its pretrained weights, data sets of pictures, transforms. */
module dev.flambeau.vision {
  requires transitive dev.flambeau;
  requires transitive dev.flambeau.io;
  requires transitive java.desktop;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires org.apache.commons.compress;

  exports dev.flambeau.vision;
  exports dev.flambeau.vision.transforms;
}
