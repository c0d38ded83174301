import Operators
import PipelineCore

/// Makes one output of the partitions' results, as the operator's sink part says.
///
/// Joined results are written as soon as all before them are there; those that come early wait in
/// the spool. Merged ones are decoded at once and merged in the fixed tree.
final class Merger {
  private let part: any SinkPart
  private let output: OutputWriter
  private let spool: ResultSpool
  /// Looked up by index only.
  private var early: [UInt32: EarlyResult] = [:]
  private var next: UInt32 = 0
  private var rowsLeft: Int?
  private var rowsWritten: UInt64 = 0
  private var tree = MergeTree()
  private var states: [MergeTree.Node: any MergeState] = [:]

  private struct EarlyResult {
    var place: ResultSpool.Place
    var rows: Int
  }

  /// A merger that writes the output's header at once.
  ///
  /// - Throws: what the operator or the output throws.
  init(part: any SinkPart, output: OutputWriter, spoolDirectory: String) throws {
    self.part = part
    self.output = output
    spool = try ResultSpool(directory: spoolDirectory)
    if case .concatenateFirst(let rows) = part.merge { rowsLeft = rows }
    let header = try part.header()
    try header.withUnsafeBytes { bytes in try output.write(bytes) }
  }

  /// Takes in the result of a partition; each partition once.
  func add(_ index: UInt32, _ result: UnsafeRawBufferPointer, rows: Int) throws {
    switch part.merge {
    case .tree:
      states[MergeTree.Node(level: 0, position: index)] = try part.decode(result)
      try carryOut(tree.insert(index))
    case .concatenate, .concatenateFirst:
      guard index == next else {
        early[index] = EarlyResult(place: try spool.append(result), rows: rows)
        return
      }
      try join(result, rows: rows)
      try joinEarlyResults()
    }
  }

  /// All partitions are in: writes what is left and puts the output in its place.
  ///
  /// - Returns: rows and bytes of the output.
  func finish(total: UInt32) throws -> (rows: UInt64, bytes: UInt64) {
    switch part.merge {
    case .tree:
      let (steps, root) = tree.finish(total: total)
      try carryOut(steps)
      let state = root.flatMap { states[$0] }
      let rows = try part.finish(state) { bytes in try output.write(bytes) }
      rowsWritten = UInt64(rows)
    case .concatenate, .concatenateFirst:
      precondition(next == total && early.isEmpty, "the output is not complete")
    }
    try output.commit()
    return (rowsWritten, output.byteCount)
  }

  private func carryOut(_ steps: [MergeTree.Step]) throws {
    for step in steps {
      guard let left = states.removeValue(forKey: step.left),
        let right = states.removeValue(forKey: step.right)
      else { preconditionFailure("a state to be merged is missing") }
      try left.merge(right)
      states[step.result] = left
    }
  }

  private func joinEarlyResults() throws {
    while let result = early.removeValue(forKey: next) {
      if let rowsLeft, result.rows > rowsLeft {
        try joinWhole(result)
      } else {
        try spool.take(result.place) { bytes throws(RuntimeError) in try output.write(bytes) }
        count(result.rows)
      }
    }
  }

  /// A result that is cut must be seen as a whole.
  private func joinWhole(_ result: EarlyResult) throws {
    var whole: [UInt8] = []
    whole.reserveCapacity(result.place.length)
    try spool.take(result.place) { bytes throws(RuntimeError) in whole.append(contentsOf: bytes) }
    try whole.withUnsafeBytes { bytes in try join(bytes, rows: result.rows) }
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
