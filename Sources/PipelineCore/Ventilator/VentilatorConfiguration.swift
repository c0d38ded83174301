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
  /// … or this many partitions…
  package var packPartitions: Int
  /// … or about so much work: the results of a message wait for each other.
  package var packTime: Span
  /// How far cutting may run ahead of the first partition that is not stored, in partitions: bounds
  /// what waits for that one at the sink.
  package var aheadPartitions: Int
  /// Attempts that failed, or during which the worker died, before a partition is put into
  /// quarantine.
  package var attempts: Int
  /// Wait before the second attempt; doubles with each further one, up to 64 times.
  package var retryBackoff: Span
  /// What becomes of the run when a partition is put into quarantine.
  package var onFailure: FailurePolicy
  /// A message is a straggler when it is at work for this many times as long as the median of
  /// those before it, by partitions; at least 1.
  package var stragglerFactor: Double
  /// The part of all partitions cut that may get second attempts, 0...1; as many as there are lanes
  /// always may.
  package var stragglerShare: Double
  /// No message is a straggler before it was at work for this long.
  package var stragglerFloor: Span
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
    packTime: Span = .milliseconds(4),
    aheadPartitions: Int = 1 << 20, attempts: Int = 4, retryBackoff: Span = .milliseconds(100),
    onFailure: FailurePolicy = .fail, stragglerFactor: Double = 2, stragglerShare: Double = 0.05,
    stragglerFloor: Span = .milliseconds(100), balance: Balance = .leastLoaded
  ) {
    precondition(creditBytes > 0 && packBytes > 0 && attempts > 0)
    precondition((1...1 << 24).contains(aheadPartitions))
    precondition((2...65_536).contains(creditPartitions) && (1...65_536).contains(packPartitions))
    precondition(stragglerFactor >= 1 && (0...1).contains(stragglerShare))
    precondition(stragglerFloor.nanoseconds >= 0 && packTime.nanoseconds > 0)
    self.creditBytes = creditBytes
    self.creditPartitions = creditPartitions
    self.laneDepth = laneDepth
    self.packBytes = packBytes
    self.packPartitions = packPartitions
    self.packTime = packTime
    self.aheadPartitions = aheadPartitions
    self.attempts = attempts
    self.retryBackoff = retryBackoff
    self.onFailure = onFailure
    self.stragglerFactor = stragglerFactor
    self.stragglerShare = stragglerShare
    self.stragglerFloor = stragglerFloor
    self.balance = balance
  }
}
