/// A range of the ledger that the segments do not confirm. The segments are right.
package struct StoredMismatch: Sendable, Equatable, CustomStringConvertible {
  package var range: StoredRange
  /// Partitions of the range that the segments have.
  package var found: Int

  package init(range: StoredRange, found: Int) {
    self.range = range
    self.found = found
  }

  /// What is wrong and what follows from it.
  package var description: String {
    let missing = range.count - found
    switch (range.count == 1, missing > 0) {
    case (true, true):
      return
        "partition \(range.first): the ledger has it as stored, but its result is not there: it is "
        + "done again"
    case (false, true):
      return
        "partitions \(range.first) to \(range.last): the ledger has them as stored, but results of "
        + "\(missing) of them are not there: they are done again"
    case (true, false):
      return "partition \(range.first): the result is not the one that the ledger has: it, or the "
        + "ledger, was changed since"
    case (false, false):
      return
        "partitions \(range.first) to \(range.last): the results are not those that the ledger "
        + "has: they, or the ledger, were changed since"
    }
  }
}
