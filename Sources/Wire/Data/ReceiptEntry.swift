/// The sink's word on one attempt.
package struct ReceiptEntry: DataEntry {
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
    /// The result with this digest is stored.
    case stored(digest: UInt64)
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

  package var payloadDigest: UInt64? {
    if case .failed(_, let digest) = outcome { digest } else { nil }
  }

  package var raw: RawEntry {
    let (kind, length, digest) =
      switch outcome {
      case .stored(let digest): (Kind.stored, 0, digest)
      case .duplicate(let digest, agrees: true): (Kind.agreeing, 0, digest)
      case .duplicate(let digest, agrees: false): (Kind.differing, 0, digest)
      case .failed(let length, let digest): (Kind.failed, length, digest)
      }
    return RawEntry(index: index, attempt: attempt, kind: kind, length: length, digest: digest)
  }

  package init(validated raw: RawEntry) {
    let outcome: Outcome =
      switch raw.kind {
      case Kind.stored: .stored(digest: raw.digest)
      case Kind.agreeing: .duplicate(digest: raw.digest, agrees: true)
      case Kind.differing: .duplicate(digest: raw.digest, agrees: false)
      default: .failed(length: Int(raw.length), digest: raw.digest)
      }
    self.init(index: raw.index, attempt: raw.attempt, outcome: outcome)
  }

  package static func problem(in raw: RawEntry) -> StaticString? {
    if let problem = commonProblem(in: raw) { return problem }
    if raw.a != 0 || raw.b != 0 || raw.wide != 0 { return "reserved bytes 24..<40 are not 0" }
    switch raw.kind {
    case Kind.stored, Kind.agreeing, Kind.differing:
      return raw.length == 0 ? nil : "length is not 0 though nothing failed"
    case Kind.failed:
      return raw.length <= UInt64(WireLimits.failure) ? nil : "failure is too long"
    default: return "kind is none of a receipt's"
    }
  }
}
