/**
 * Typed heap arrays and strided views of them; no calculus.
 *
 * <p>An {@link dev.flambeau.array.NdArray} is one Java array with a {@link dev.flambeau.array.Shape}, strides and an offset. This package sees
 * nothing but the JDK.
 */
@NullMarked
@CheckReturnValue
package dev.flambeau.array;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
