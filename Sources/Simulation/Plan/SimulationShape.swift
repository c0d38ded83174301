package import PipelineCore

/// What a simulated run has in common with a user's own topology; what is `nil` is drawn from the seed.
package struct SimulationShape: Sendable {
  /// Bytes of each partition, in order; at most ``maximumPartitions`` are taken.
  package var partitionSizes: [Int]?
  /// Worker processes, 1...64.
  package var workers: Int?
  /// Limits of the ventilator, attempts and `on_failure` among them.
  package var ventilator: VentilatorConfiguration?
  /// The longest that one partition may take; none when it is `nil`.
  package var timeout: Span?
  /// Whether a stage that answers differently a second time fails the run.
  package var failsOnDifference: Bool?

  /// The most partitions that a simulated run has.
  package static let maximumPartitions = 10_000

  /// A run of which everything is drawn from the seed.
  package init() {}
}
