/// The sink's word on one attempt, or on attempts at consecutive partitions that are all stored.
package struct ReceiptEntry: DataEntry {
  /// Position of the partition, of several the first, in the stage's input, from 0.
  package var index: UInt32
  package var attempt: UInt16
  /// What became of the attempt.
  package var outcome: Outcome

  /// Describes what became of an attempt.
  package init(index: UInt32, attempt: UInt16, outcome: Outcome) {
    self.index = index
    self.attempt = attempt
    self.outcome = outcome
  }

  /// What became of the attempt.
  package enum Outcome: Sendable, Equatable {
    /// The results of `count` partitions, from the entry's index on, are stored; their digests are
    /// combined by exclusive or.
    case stored(count: UInt32, digest: UInt64)
    /// A result was stored before; `agrees` tells whether this one, with this digest, is the same.
    case duplicate(digest: UInt64, agrees: Bool)
    /// The attempt failed; an encoded `Failure` of this length and digest is the payload.
    case failed(length: Int, digest: UInt64)
  }

  private enum Kind {
    static let stored: UInt8 = 32
    static let agreeing: UInt8 = 33
    static let differing: UInt8 = 34
    static let failed: UInt8 = 35
  }

  package var payloadLength: Int {
    if case .failed(let length, _) = outcome { length } else { 0 }
  }

  package var partitionCount: Int {
    if case .stored(let count, _) = outcome { Int(count) } else { 1 }
  }

  package var payloadDigest: UInt64? {
    if case .failed(_, let digest) = outcome { digest } else { nil }
  }

  package var raw: RawEntry {
    let (kind, length, digest, more) =
      switch outcome {
      case .stored(let count, let digest): (Kind.stored, 0, digest, count - 1)
      case .duplicate(let digest, agrees: true): (Kind.agreeing, 0, digest, 0)
      case .duplicate(let digest, agrees: false): (Kind.differing, 0, digest, 0)
      case .failed(let length, let digest): (Kind.failed, length, digest, 0)
      }
    return RawEntry(
      index: index, attempt: attempt, kind: kind, length: length, digest: digest, a: more)
  }

  package init(validated raw: RawEntry) {
    let outcome: Outcome =
      switch raw.kind {
      case Kind.stored: .stored(count: raw.a + 1, digest: raw.digest)
      case Kind.agreeing: .duplicate(digest: raw.digest, agrees: true)
      case Kind.differing: .duplicate(digest: raw.digest, agrees: false)
      default: .failed(length: Int(raw.length), digest: raw.digest)
      }
    self.init(index: raw.index, attempt: raw.attempt, outcome: outcome)
  }

  package static func problem(in raw: RawEntry) -> StaticString? {
    if let problem = commonProblem(in: raw) { return problem }
    if raw.b != 0 || raw.wide != 0 { return "reserved bytes 28..<40 are not 0" }
    if raw.kind != Kind.stored, raw.a != 0 { return "reserved bytes 24..<28 are not 0" }
    if let problem = countProblem(in: raw) { return problem }
    switch raw.kind {
    case Kind.stored, Kind.agreeing, Kind.differing:
      return raw.length == 0 ? nil : "length is not 0 though nothing failed"
    case Kind.failed:
      return raw.length <= UInt64(WireLimits.failure) ? nil : "failure is too long"
    default: return "kind is none of a receipt's"
    }
  }
}
