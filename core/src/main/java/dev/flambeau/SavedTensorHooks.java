package dev.flambeau;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to keep instead of a saved tensor, and how to get the tensor back.
 *
 * @param pack called once for each saved tensor, at once
 * @param unpack called each time that the tensor is read; gives a tensor of the same shape and dtype
 */
record SavedTensorHooks(Function<Tensor, @Nullable Object> pack,
    Function<@Nullable Object, ? extends @Nullable Object> unpack) {}
