extension Ventilator {
  /// How long partitions take, from the latest measurements of all lanes.
  struct WorkPace: Sendable {
    private var samples: [Double] = []
    private var next = 0
    /// Nanoseconds per partition, or `nil` before the first measurement.
    private(set) var median: Double?

    /// At most this many measurements are remembered, the latest.
    static let maximumSamples = 64

    /// Adds a measurement, in nanoseconds per partition.
    mutating func add(_ sample: Double) {
      if samples.count < Self.maximumSamples {
        samples.append(sample)
      } else {
        samples[next] = sample
        next = (next + 1) % Self.maximumSamples
      }
      median = samples.sorted()[samples.count / 2]
    }
  }
}
