package dev.flambeau;

/** An operation with several outputs: views that share a node, values with their indices, or values with what the way back needs. */
public sealed interface Several extends Op permits MultiView, Ranking, Joint {}
