/// What is known of an incarnation.
struct IncarnationState {
  let process: SimulatedProcess
  /// Since when it has not beaten, because it is over.
  var overSince: Int64?
}
