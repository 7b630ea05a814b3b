/**
 * Files of tensors: PyTorch's .pth and .pt, safetensors, NumPy's .npy and .npz; training checkpoints; downloads into a cache. Sees the core and libraries.
 */
@NullMarked
package dev.flambeau.io;

import org.jspecify.annotations.NullMarked;
