package dev.flambeau;

/** Elements moved into a new array: copies, joins, pads, rolls. */
public non-sealed interface Arranging extends Single {}
