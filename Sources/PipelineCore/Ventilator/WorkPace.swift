extension Ventilator {
  /// How long partitions take, from the latest measurements of all lanes.
  struct WorkPace: Sendable {
    private var samples: [Double] = []
    /// The same in ascending order.
    private var ascending: [Double] = []
    private var next = 0

    /// At most this many measurements are remembered, the latest.
    static let maximumSamples = 64

    /// Nanoseconds per partition, or `nil` before the first measurement.
    var median: Double? { ascending.isEmpty ? nil : ascending[ascending.count / 2] }

    /// Adds a measurement, in nanoseconds per partition.
    mutating func add(_ sample: Double) {
      if samples.count < Self.maximumSamples {
        samples.append(sample)
      } else {
        ascending.remove(at: place(of: samples[next]))
        samples[next] = sample
        next = (next + 1) % Self.maximumSamples
      }
      ascending.insert(sample, at: place(of: sample))
    }

    /// Where the first measurement stands that is no shorter.
    private func place(of sample: Double) -> Int {
      ascending.firstIndex { $0 >= sample } ?? ascending.count
    }
  }
}
