/// A worker's answer for one partition.
package struct ResultEntry: DataEntry {
  /// What the payload is.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// The operator's result.
    case result = 16
    /// An encoded `Failure`.
    case failure = 17
  }

  package var index: UInt32
  package var attempt: UInt16
  /// What the payload is.
  package var kind: Kind
  /// Length of the payload in bytes.
  package var length: Int
  /// Digest of the payload.
  package var digest: UInt64
  /// Records read.
  package var rows: UInt32
  /// Bad records left out.
  package var skipped: UInt32
  /// Rows in the result.
  package var outputRows: UInt32
  /// Time the operator took; 2^32 - 1 stands for that and more.
  package var microseconds: UInt32

  /// Describes an answer.
  package init(
    index: UInt32, attempt: UInt16, kind: Kind, length: Int, digest: UInt64, rows: UInt32 = 0,
    skipped: UInt32 = 0, outputRows: UInt32 = 0, microseconds: UInt32 = 0
  ) {
    self.index = index
    self.attempt = attempt
    self.kind = kind
    self.length = length
    self.digest = digest
    self.rows = rows
    self.skipped = skipped
    self.outputRows = outputRows
    self.microseconds = microseconds
  }

  package var payloadLength: Int { length }
  package var payloadDigest: UInt64? { digest }

  package var raw: RawEntry {
    RawEntry(
      index: index, attempt: attempt, kind: kind.rawValue, length: length, digest: digest, a: rows,
      b: skipped, wide: UInt64(outputRows) | UInt64(microseconds) << 32)
  }

  package init(validated raw: RawEntry) {
    self.init(
      index: raw.index, attempt: raw.attempt,
      kind: raw.kind == Kind.result.rawValue ? .result : .failure, length: Int(raw.length),
      digest: raw.digest, rows: raw.a, skipped: raw.b, outputRows: raw.c, microseconds: raw.d)
  }

  package static func problem(in raw: RawEntry) -> StaticString? {
    if let problem = commonProblem(in: raw) { return problem }
    switch Kind(rawValue: raw.kind) {
    case .result: return nil
    case .failure where raw.length > UInt64(WireLimits.failure): return "failure is too long"
    case .failure: return nil
    case nil: return "kind is none of a result's"
    }
  }
}
