package dev.flambeau.io;

import org.jspecify.annotations.Nullable;

/** A storage that a pickle names: its key, how its elements are stored (null: bytes, told by each tensor), and their number. */
record StorageRef(String key, @Nullable StoredType type, long numel) {
  long bytes() { return numel * (type == null ? 1 : type.bytes); }
}
