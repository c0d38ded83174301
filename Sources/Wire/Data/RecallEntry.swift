package import PipelineCore

/// Consecutive partitions that a worker need not begin, the same attempt at each.
package struct RecallEntry: DataEntry {
  /// What is called back.
  package var recall: Recall

  /// Describes what is called back: at most ``WireLimits/entries`` partitions.
  package init(_ recall: Recall) { self.recall = recall }

  private static let kind: UInt8 = 48

  package var index: UInt32 { recall.indexes.lowerBound }
  package var attempt: UInt16 { recall.attempt }
  package var payloadLength: Int { 0 }
  package var payloadDigest: UInt64? { nil }
  package var partitionCount: Int { recall.indexes.count }

  package var raw: RawEntry {
    RawEntry(
      index: index, attempt: attempt, kind: Self.kind, length: 0, digest: 0,
      a: recall.indexes.upperBound - recall.indexes.lowerBound)
  }

  package init(validated raw: RawEntry) {
    self.init(Recall(indexes: raw.index...(raw.index + raw.a), attempt: raw.attempt))
  }

  package static func problem(in raw: RawEntry) -> StaticString? {
    if let problem = commonProblem(in: raw) { return problem }
    if raw.kind != kind { return "kind is none of a recall's" }
    if raw.length != 0 || raw.digest != 0 || raw.b != 0 || raw.wide != 0 {
      return "length, digest and reserved bytes 28..<40 are not 0"
    }
    return countProblem(in: raw)
  }
}

/// What a recall message calls back, read from its first frame on demand. Valid as long as the memory of
/// both frames is.
package struct RecallEntries: Sequence, IteratorProtocol {
  private var cursor: EntryCursor

  init(_ cursor: EntryCursor) { self.cursor = cursor }

  /// Entries in the message, 1 or more, also those that were iterated over.
  package var count: Int { cursor.count }

  /// The next entry and its payload, which is empty, or `nil` after the last.
  package mutating func next() -> (entry: RecallEntry, payload: UnsafeRawBufferPointer)? {
    cursor.next()
  }
}
