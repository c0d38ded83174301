import Operators

/// An operator whose worker part is a closure; its results are joined.
struct ClosureOperator: Operator {
  typealias Body = @Sendable (PartitionInput, inout ResultBuffer) throws -> PartitionCounts

  let body: Body

  func makeWorkerPart() -> any WorkerPart { Part(body: body) }
  func makeSinkPart() -> any SinkPart { ConcatenatingSinkPart() }

  private final class Part: WorkerPart {
    let body: Body

    init(body: @escaping Body) { self.body = body }

    func process(
      _ partition: PartitionInput, into result: inout ResultBuffer
    ) throws -> PartitionCounts { try body(partition, &result) }
  }
}

extension OperatorRegistry {
  /// The built-in operators and one more.
  init(_ name: String, _ body: @escaping ClosureOperator.Body) {
    self.init()
    register(name) { _ in ClosureOperator(body: body) }
  }
}

extension PartitionInput {
  /// A copy of the partition's bytes.
  var copy: [UInt8] {
    switch content {
    case .bytes(let bytes), .range(_, _, let bytes): Array(bytes)
    }
  }
}

/// Merges texts in a way that shows the shape of the tree.
final class TreeSinkPart: SinkPart {
  let title: String

  init(title: String = "") { self.title = title }

  var merge: ResultMerge { .tree }

  func header() -> [UInt8] { Array(title.utf8) }

  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState {
    let text = String(decoding: result, as: UTF8.self)
    if text == "poison" { throw OperatorError(.data, "a state cannot be read") }
    return State(text)
  }

  func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int {
    guard let state = state as? State else { return 0 }
    var text = state.text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    return 1
  }

  private final class State: MergeState {
    var text: String

    init(_ text: String) { self.text = text }

    func merge(_ right: any MergeState) throws {
      guard let right = right as? State else { preconditionFailure("a state of another operator") }
      text = "(\(text)\(right.text))"
    }
  }
}

/// Joins results made of lines and ends after a number of them.
final class FirstLinesSinkPart: ResultTrimmer {
  let rows: Int

  init(rows: Int) { self.rows = rows }

  var merge: ResultMerge { .concatenateFirst(rows: rows) }

  func header() -> [UInt8] { Array("line\n".utf8) }

  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState {
    preconditionFailure("results of this operator are joined")
  }

  func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) -> Int { 0 }

  func prefixLength(of result: UnsafeRawBufferPointer, rows: Int) -> Int {
    var left = rows
    for (position, byte) in result.enumerated() {
      if left == 0 { return position }
      if byte == UInt8(ascii: "\n") { left -= 1 }
    }
    return result.count
  }
}
