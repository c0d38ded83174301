/// The most that one message may hold. A receiver refuses more before it allocates for it.
package enum WireLimits {
  /// Entries in a data message.
  package static let entries = 65_536
  /// Bytes of a name, an address or a path, in UTF-8.
  package static let string = 4_096
  /// Bytes of a partition that travels in a message.
  package static let partition = 1 << 30
  /// Bytes of a CURVE public key.
  package static let key = 32
  /// Bytes of a failure's message, in UTF-8.
  package static let failureMessage = 65_536
  /// Bytes of an encoded failure: the message and room for the other fields.
  package static let failure = failureMessage + 1_024
  /// Bytes of the message of a failure in a beat's list of what is in quarantine, in UTF-8; longer
  /// ones are cut, so that the longest list fits into a beat.
  package static let quarantinedMessage = 1_024
  /// Bytes of an encoded beat or order.
  package static let beat = 262_144
  /// Bytes of an encoded roster.
  package static let roster = 8 << 20
  /// Bytes of a sink's word: a bit for each of 2^32 partitions.
  package static let stored = 512 << 20
  /// Bytes of an encoded stage specification.
  package static let specification = 64 << 20
  /// Nodes in a roster.
  package static let members = 20_000
  /// Operators of a stage.
  package static let steps = 256
  /// Files of a stage.
  package static let files = 100_000
  /// Bytes of a message of the commands channel.
  package static let command = 8 << 20
  /// Bytes of one that holds an output or a partition's bytes.
  package static let largeCommand = 64 << 20
  /// Lines of an answer, and reasons of a rejection.
  package static let commandLines = 20_000
  /// Files of a submission: the topology and those that it uses.
  package static let submittedFiles = 101
  /// Environment variables of a submission.
  package static let submittedVariables = 1_000
  /// Overrides of a submission.
  package static let submittedOverrides = 1_000
  /// Nanoseconds between two beats or two rosters: 1 ms to 1 h.
  package static let interval: ClosedRange<Int64> = 1_000_000...3_600_000_000_000
}
