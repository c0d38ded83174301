#if PLANTED_FAULTS
/// A defect that tests put into the simulator's own part, which stands for the runtime's. Debug
/// builds only.
package enum PlantedWorldFault: String, Sendable, CaseIterable {
  /// A flush reports success and flushes nothing.
  case flushLies
  /// What was appended before the loss of power is taken to be there after it.
  case tornTailTrusted
  /// A sink that starts again does not look at what its store holds.
  case recoverySkipped
}
#endif
