/** Files of PyTorch, safetensors and NumPy, training checkpoints, downloads with progress. */
module dev.flambeau.io {
  requires transitive dev.flambeau;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires java.net.http;
  requires pickle;
  requires me.tongfei.progressbar;
  requires tools.jackson.core;

  exports dev.flambeau.io;
}
