import Operators
import PipelineCore
import ResultStore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Makes one output of the partitions' results, as the operator's sink part says.
///
/// Joined results are written as soon as all before them are there; those that come early wait on
/// disk. Merged ones are decoded at once and merged in the fixed tree.
final class Merger {
  private let part: any SinkPart
  private let output: OutputWriter
  private let keeper: ResultKeeper
  /// Looked up by index only.
  private var early: [UInt32: EarlyResult] = [:]
  private var next: UInt32 = 0
  private var rowsLeft: Int?
  private var rowsWritten: UInt64 = 0
  private var tree = MergeTree()
  private let merge = ParallelMerge(width: max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))))

  private struct EarlyResult {
    var place: ResultPlace
    var digest: UInt64
    var rows: Int
  }

  /// A merger that writes the output's header at once.
  ///
  /// - Throws: what the operator or the output throws.
  init(part: any SinkPart, output: OutputWriter, keeper: ResultKeeper) throws {
    self.part = part
    self.output = output
    self.keeper = keeper
    if case .concatenateFirst(let rows) = part.merge { rowsLeft = rows }
    let header = try part.header()
    try header.withUnsafeBytes { bytes in try output.write(bytes) }
  }

  /// Takes in the result of a partition; each partition once.
  ///
  /// - Parameter place: where it is kept, or `nil` when it is not.
  func add(_ result: NewResult, at place: ResultPlace?) throws {
    let rows = Int(result.outputRows)
    switch part.merge {
    case .tree:
      try add(try part.decode(result.payload), of: result.index)
    case .concatenate, .concatenateFirst:
      guard result.index == next else {
        let place = try place ?? keeper.keepEarly(result)
        early[result.index] = EarlyResult(place: place, digest: result.digest, rows: rows)
        return
      }
      try join(result.payload, rows: rows)
      try joinEarlyResults()
    }
  }

  /// Takes in a result that an earlier session stored.
  func add(recovered result: StoredResult) throws {
    switch part.merge {
    case .tree:
      let whole = try read(result.place, digest: result.digest)
      try add(try whole.withUnsafeBytes { bytes in try part.decode(bytes) }, of: result.index)
    case .concatenate, .concatenateFirst:
      early[result.index] = EarlyResult(
        place: result.place, digest: result.digest, rows: Int(result.outputRows))
      try joinEarlyResults()
    }
  }

  /// All partitions are in: writes what is left and puts the output in its place.
  ///
  /// - Parameter absent: the partitions that the output goes without, in ascending order.
  /// - Returns: rows and bytes of the output.
  func finish(total: UInt32, without absent: [UInt32]) throws -> (rows: UInt64, bytes: UInt64) {
    switch part.merge {
    case .tree:
      for index in absent { try add(nil, of: index) }
      let (steps, root) = tree.finish(total: total)
      try merge.carryOut(steps)
      let state = try merge.result(at: root)
      let rows = try part.finish(state) { bytes in try output.write(bytes) }
      rowsWritten = UInt64(rows)
    case .concatenate, .concatenateFirst:
      for index in absent {
        precondition(next == index, "the output is not complete")
        next += 1
        try joinEarlyResults()
      }
      precondition(next == total && early.isEmpty, "the output is not complete")
    }
    try output.commit()
    return (rowsWritten, output.byteCount)
  }

  /// Takes in a partition's state, `nil` where there is none, and has merged what can be.
  private func add(_ state: (any MergeState)?, of index: UInt32) throws {
    merge.put(state, at: MergeTree.Node(level: 0, position: index))
    try merge.carryOut(tree.insert(index))
  }

  private func joinEarlyResults() throws {
    while let result = early.removeValue(forKey: next) {
      if let rowsLeft, result.rows > rowsLeft {
        // A result that is cut must be seen as a whole.
        let whole = try read(result.place, digest: result.digest)
        try whole.withUnsafeBytes { bytes in try join(bytes, rows: result.rows) }
      } else {
        try keeper.take(result.place, digest: result.digest) { bytes in
          try output.write(bytes)
        }
        count(result.rows)
      }
    }
  }

  private func read(_ place: ResultPlace, digest: UInt64) throws -> [UInt8] {
    var whole: [UInt8] = []
    whole.reserveCapacity(place.length)
    try keeper.take(place, digest: digest) { bytes in whole.append(contentsOf: bytes) }
    return whole
  }

  private func join(_ result: UnsafeRawBufferPointer, rows: Int) throws {
    if let rowsLeft, rows > rowsLeft {
      guard let trimmer = part as? any ResultTrimmer else {
        preconditionFailure("an operator that limits rows cannot cut its results")
      }
      let length = try trimmer.prefixLength(of: result, rows: rowsLeft)
      try output.write(UnsafeRawBufferPointer(rebasing: result[..<length]))
      count(rowsLeft)
    } else {
      try output.write(result)
      count(rows)
    }
  }

  private func count(_ rows: Int) {
    next += 1
    rowsWritten += UInt64(rows)
    if let left = rowsLeft { rowsLeft = left - rows }
  }
}
