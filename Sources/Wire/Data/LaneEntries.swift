/// The partitions of a lane message, read from its frames on demand.
///
/// Iterates over entries in order, each with its part of the second frame, whose digest is not yet
/// checked: see ``DataEntry/verify(payload:)``. Valid as long as the memory of both frames is.
package struct LaneEntries: Sequence, IteratorProtocol {
  private var cursor: EntryCursor

  init(_ cursor: EntryCursor) { self.cursor = cursor }

  /// Entries in the message, 1 or more, also those that were iterated over.
  package var count: Int { cursor.count }

  /// The entry at a position in `0 ..< count`; traps elsewhere.
  package subscript(position: Int) -> LaneEntry {
    LaneEntry(validated: cursor.entry(at: position))
  }

  /// The next entry and its payload, or `nil` after the last.
  package mutating func next() -> (entry: LaneEntry, payload: UnsafeRawBufferPointer)? {
    cursor.next()
  }
}
