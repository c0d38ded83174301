/// What a sink wrote and put in its place.
struct SimulatedOutput: Equatable {
  /// The partitions' results, one after the other.
  var bytes: [UInt8] = []
  /// The partitions in it, ascending.
  var indexes: [UInt32] = []
  /// Partitions that it goes without.
  var without: [UInt32]
  /// The floating-point sum over all partitions.
  var sum = 0.0

  init(without: [UInt32]) { self.without = without }
}
