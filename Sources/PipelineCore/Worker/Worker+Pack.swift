extension Worker {
  /// Partitions that arrived in one message.
  package struct Pack: Sendable, Equatable {
    package var token: UInt64
    package var run: RunID
    package var sender: NodeIncarnation
    package var subject: NodeIncarnation
    package var partitions: Int
    /// Whether the description of the stage has come. One that was lost on the way is sent again
    /// with a new lane; until then nothing can be computed.
    package var hasStage: Bool

    package init(
      token: UInt64, run: RunID, sender: NodeIncarnation, subject: NodeIncarnation,
      partitions: Int, hasStage: Bool = true
    ) {
      self.token = token
      self.run = run
      self.sender = sender
      self.subject = subject
      self.partitions = partitions
      self.hasStage = hasStage
    }
  }
}
