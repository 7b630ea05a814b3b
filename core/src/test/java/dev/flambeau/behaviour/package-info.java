/** What autograd does, behaviour by behaviour; the numbers are those of the specification of its semantics. */
@NullMarked
package dev.flambeau.behaviour;

import org.jspecify.annotations.NullMarked;
