package import PipelineCore

/// What all entries of a data message have in common.
package struct DataHeader: Sendable, Equatable {
  /// What the message carries.
  package var kind: DataKind
  /// Position of the stage in the topology, from 0.
  package var stage: UInt32
  /// The run that the message belongs to.
  package var run: RunID
  /// Who made the message. The incarnation is never 0.
  package var sender: NodeIncarnation
  /// The worker that a lane or stage message is for or whose attempts receipts are about, or the
  /// ventilator or supervisor that a stored message is for; `nil` in results messages and nowhere
  /// else.
  package var subject: NodeIncarnation?

  /// Describes a message.
  package init(
    kind: DataKind, stage: UInt32, run: RunID, sender: NodeIncarnation, subject: NodeIncarnation?
  ) {
    self.kind = kind
    self.stage = stage
    self.run = run
    self.sender = sender
    self.subject = subject
  }
}
