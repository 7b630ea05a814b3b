/**
 * Schedulers: what changes an optimizer's learning rates from step to step. Sees {@code dev.flambeau.optim}.
 */
@NullMarked
package dev.flambeau.optim.lrscheduler;

import org.jspecify.annotations.NullMarked;
