/// What recovery found in a store.
package struct RecoveryReport: Sendable, Equatable {
  /// Results shown: one for each partition.
  package internal(set) var results: UInt64 = 0
  /// Bytes of their payloads.
  package internal(set) var bytes: UInt64 = 0
  /// Whole copies of results shown before.
  package internal(set) var copies: UInt64 = 0
  /// Segments looked at.
  package internal(set) var segments = 0
  /// What was cut off the end of the last segment: appends that the loss of power or of the process
  /// left unfinished. Nobody was told that those results are durable.
  package internal(set) var cut: Damage?
  /// What could not be used elsewhere, in the order of the segments: at most
  /// ``maximumListed`` entries.
  package internal(set) var damage: [Damage] = []
  /// How many entries ``damage`` lacks.
  package internal(set) var unlisted = 0

  /// The most entries in ``damage``.
  package static let maximumListed = 100

  /// What is found in a store without segments.
  package init() {}

  /// Whether all segments are whole.
  package var isClean: Bool { cut == nil && damage.isEmpty }

  /// What was found that a user is to be told, a line each; none when all is well.
  package var lines: [String] {
    var lines = damage.map { "\($0); the partitions whose results are missing are done again" }
    if unlisted > 0 { lines.append("\(unlisted) more damaged places") }
    if let cut { lines.append("\(cut); it was cut off, and what is missing is done again") }
    return lines
  }

  /// Notes a place that cannot be used.
  mutating func note(_ place: Damage) {
    if damage.count < Self.maximumListed { damage.append(place) } else { unlisted += 1 }
  }
}
