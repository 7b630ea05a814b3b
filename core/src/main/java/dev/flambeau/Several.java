package dev.flambeau;

/** An operation with several outputs: views that share a node, or values with their indices. */
public sealed interface Several extends Op permits MultiView, Ranking {}
