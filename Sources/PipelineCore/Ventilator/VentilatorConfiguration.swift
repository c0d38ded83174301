/// The limits a ventilator keeps.
package struct VentilatorConfiguration: Sendable, Equatable {
  /// Bytes that may be outstanding in one lane, though two partitions always may.
  package var creditBytes: Int
  /// Partitions that may be outstanding in one lane, 2...65,536.
  package var creditPartitions: Int
  /// Work a lane should hold, measured by how fast its worker returns receipts.
  package var laneDepth: Span
  /// A message to a worker is closed when it holds this many bytes…
  package var packBytes: Int
  /// … or this many partitions.
  package var packPartitions: Int
  /// How far cutting may run ahead of the first partition that is not stored, in partitions: bounds
  /// what waits for that one at the sink.
  package var aheadPartitions: Int
  /// Failed attempts before a partition is given up.
  package var attempts: Int
  /// Wait before the second attempt; doubles with each further one, up to 64 times.
  package var retryBackoff: Span
  /// How the next lane is chosen.
  package var balance: Balance

  /// How the next lane is chosen.
  package enum Balance: Sendable, Equatable {
    /// The lane with the greatest share of its credit free.
    case leastLoaded
    /// Each lane in turn that has credit.
    case roundRobin
  }

  package init(
    creditBytes: Int = 64 << 20, creditPartitions: Int = 65_536,
    laneDepth: Span = .milliseconds(50), packBytes: Int = 256 << 10, packPartitions: Int = 4096,
    aheadPartitions: Int = 1 << 20, attempts: Int = 4, retryBackoff: Span = .milliseconds(100),
    balance: Balance = .leastLoaded
  ) {
    precondition(creditBytes > 0 && packBytes > 0 && attempts > 0)
    precondition((1...1 << 24).contains(aheadPartitions))
    precondition((2...65_536).contains(creditPartitions) && (1...65_536).contains(packPartitions))
    self.creditBytes = creditBytes
    self.creditPartitions = creditPartitions
    self.laneDepth = laneDepth
    self.packBytes = packBytes
    self.packPartitions = packPartitions
    self.aheadPartitions = aheadPartitions
    self.attempts = attempts
    self.retryBackoff = retryBackoff
    self.balance = balance
  }
}
