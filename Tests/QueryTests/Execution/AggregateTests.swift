import Columnar
import Operators
import Testing

@testable import Query

@Suite("Aggregates")
struct AggregateTests {
  /// An aggregate with the type of its argument.
  struct Kind: Sendable, CustomTestStringConvertible {
    var function: AggregateFunction
    var argument: ColumnType?
    var distinct = false
    var parameters: [Literal] = []

    var testDescription: String {
      "\(function)(\(distinct ? "distinct " : "")\(argument?.name ?? "*"))"
    }

    /// The call; its argument is slot 1, and slot 0 the key.
    var call: AggregateCall {
      AggregateCall(
        function: function, arguments: argument.map { [.column(slot: 1, type: $0)] } ?? [],
        parameters: parameters,
        distinct: distinct, filter: nil, type: type, position: 5)
    }

    private var type: ColumnType {
      switch function {
      case .countStar, .count: .bigint
      case .sum: argument == .integer ? .bigint : argument == .double ? .double : .numeric
      case .avg: argument == .double ? .double : .numeric
      case .min, .max, .mode, .bitAnd, .bitOr, .bitXor: argument ?? .text
      case .stddevPop, .stddevSamp, .varPop, .varSamp: argument == .double ? .double : .numeric
      case .arrayAgg, .histogram, .approxTopK: .text
      case .approxCountDistinct: .bigint
      case .boolAnd, .boolOr: .boolean
      default: .double
      }
    }
  }

  static let kinds: [Kind] = simple + numbers + extremes + spreads

  private static let simple: [Kind] = [
    Kind(function: .countStar, argument: nil), Kind(function: .count, argument: .text),
    Kind(function: .count, argument: .text, distinct: true),
    Kind(function: .count, argument: .double, distinct: true),
    Kind(function: .sum, argument: .bigint, distinct: true),
    Kind(function: .avg, argument: .double, distinct: true),
    Kind(function: .boolAnd, argument: .boolean), Kind(function: .boolOr, argument: .boolean),
  ]

  private static let numbers = kinds(
    [.sum, .avg], of: [.integer, .bigint, .numeric, .double])
  private static let extremes = kinds(
    [.min, .max], of: [.integer, .bigint, .numeric, .double, .text, .date, .boolean])
  private static let spreads = kinds(
    [.varPop, .varSamp, .stddevPop, .stddevSamp], of: [.double, .integer, .bigint, .numeric])

  private static func kinds(
    _ functions: [AggregateFunction], of arguments: [ColumnType]
  ) -> [Kind] {
    functions.flatMap { function in
      arguments.map { Kind(function: function, argument: $0) }
    }
  }

  /// Aggregates whose partial states are checked for damage only.
  static let others: [Kind] = [
    Kind(function: .arrayAgg, argument: .text), Kind(function: .mode, argument: .integer),
    Kind(function: .arrayAgg, argument: .integer, distinct: true),
    Kind(function: .bitXor, argument: .integer),
    Kind(function: .approxCountDistinct, argument: .text),
    Kind(function: .approxPercentile, argument: .double, parameters: [.double(0.5)]),
    Kind(
      function: .histogram, argument: .double,
      parameters: [.double(-5), .double(5), .integer(4)]),
    Kind(function: .approxTopK, argument: .text, parameters: [.integer(3)]),
  ]

  @Test("Agree with a computation row by row in any partitioning", arguments: kinds, [1, 3, 8])
  func partitionings(kind: Kind, partitions: Int) throws {
    var random = SeededGenerator(seed: UInt64(partitions))
    let rows = (0..<300).map { _ in
      [
        Value.text("g\(Int.random(in: 0..<7, using: &random))"),
        Self.value(kind.argument ?? .integer, &random),
      ]
    }
    let layout = try Self.layout(kind.call)
    let cuts = [0] + (1..<partitions).map { _ in Int.random(in: 0...300, using: &random) }.sorted()
    let parts = zip(cuts, cuts.dropFirst() + [300]).map { Array(rows[$0..<$1]) }
    let merged = layout.makeGroups()[0]
    for part in parts {
      let encoded = try Self.partial(layout, kind, part)
      try merged.merge(try layout.decode(encoded.bytes)[0])
    }
    let actual = try merged.finish().rows
    let expected = ReferenceAggregates.groups(rows, kind.call)
    #expect(actual.map { $0[0] } == expected.map { $0[0] })
    for (actual, expected) in zip(actual, expected) {
      #expect(Self.isClose(actual[1], expected[1]), "\(actual) and not \(expected)")
    }
  }

  @Test("The same partition gives the same bytes", arguments: kinds + others)
  func sameBytes(kind: Kind) throws {
    var random = SeededGenerator(seed: 5)
    let rows = (0..<200).map { _ in
      [Value.text("g\(random.next() % 5)"), Self.value(kind.argument ?? .integer, &random)]
    }
    let layout = try Self.layout(kind.call)
    let first = try Self.partial(layout, kind, rows)
    let second = try Self.partial(layout, kind, rows)
    #expect(first.bytes.elementsEqual(second.bytes))
  }

  @Test("Damaged partial states are refused or harmless", arguments: kinds + others)
  func damagedStates(kind: Kind) throws {
    var random = SeededGenerator(seed: 9)
    let rows = (0..<20).map { _ in
      [Value.text("g\(random.next() % 3)"), Self.value(kind.argument ?? .integer, &random)]
    }
    let layout = try Self.layout(kind.call)
    let good = Array(try Self.partial(layout, kind, rows).bytes)
    for length in 0..<good.count {
      good[..<length].withUnsafeBytes { bytes in
        _ = #expect(throws: PartialResultError.self) { try layout.decode(bytes) }
      }
    }
    for _ in 0..<400 {
      var damaged = good
      damaged[Int.random(in: 0..<good.count, using: &random)] ^= UInt8(1 << (random.next() % 8))
      damaged.withUnsafeBytes { bytes in
        do {
          let merged = layout.makeGroups()[0]
          try merged.merge(try layout.decode(bytes)[0])
          try merged.merge(try layout.decode(bytes)[0])
          _ = try merged.finish()
        } catch {
          #expect(error is PartialResultError || error is EvaluationError)
        }
      }
    }
  }

  @Test("Without keys there is one group, also over no rows")
  func noRows() throws {
    let calls = [
      Kind(function: .countStar, argument: nil), Kind(function: .sum, argument: .integer),
      Kind(function: .avg, argument: .double),
    ].map(\.call)
    let layout = try GroupingLayout(Grouping(keys: [], aggregates: calls))
    let groups = layout.makeGroups()[0]
    #expect(try groups.finish().rows == [[.integer(0), .null, .null]])
  }

  @Test("A sum of integers beyond bigint is an error at the group")
  func overflow() throws {
    let kind = Kind(function: .sum, argument: .double)
    let layout = try Self.layout(kind.call)
    let rows: [[Value]] = [
      [.text("a"), .double(1)], [.text("b"), .double(1.7e308)], [.text("b"), .double(1.7e308)],
    ]
    #expect(throws: EvaluationError(row: 2, position: 5, "value out of range: overflow")) {
      try Self.partial(layout, kind, rows)
    }
  }

  @Test("FILTER leaves rows out before the argument is evaluated")
  func filter() throws {
    let x = Expression.column(slot: 1, type: .integer)
    let call = AggregateCall(
      function: .sum,
      arguments: [
        .call(.divide, [.literal(.integer(12), type: .integer), x], type: .integer, position: 0)
      ],
      distinct: false,
      filter: .call(
        .notEqual, [x, .literal(.integer(0), type: .integer)], type: .boolean, position: 0),
      type: .bigint, position: 0)
    let consumer = try GroupingConsumer(
      Grouping(keys: [.column(slot: 0, type: .text)], aggregates: [call]),
      ExpressionCompiler(slots: [.text, .integer]))
    var result = ResultBuffer()
    consumer.begin(&result)
    let batch = Batch(
      columns: [
        .of([.text("a"), .text("b"), .text("a")], .text),
        .of([.integer(3), .integer(0), .integer(4)], .integer),
      ], count: 3)
    #expect(try consumer.take(batch, &result))
    _ = consumer.finish(&result)
    let layout = try Self.layout(call)
    let groups = layout.makeGroups()[0]
    try groups.merge(try layout.decode(result.bytes)[0])
    #expect(try groups.finish().rows == [[.text("a"), .integer(7)], [.text("b"), .null]])
  }

  @Test("Replaced texts of min and max do not pile up")
  func compactedText() throws {
    let state = ExtremeState(.text, isMaximum: true)
    state.grow(to: 1)
    for number in 0..<3000 {
      let text = ColumnVector.of(
        [.text("\(100_000 + number)" + String(repeating: "x", count: 200))], .text)
      try state.update(AggregateInput(groups: nil, arguments: [text], count: 1))
    }
    let owner = try #require(state.columns()[0].owners.last as? ByteArena)
    #expect(owner.byteCount < 100_000)
    #expect(
      try state.finish().value(0) == .text("102999" + String(repeating: "x", count: 200)))
  }

  private static func layout(_ call: AggregateCall) throws -> GroupingLayout {
    try GroupingLayout(Grouping(keys: [.column(slot: 0, type: .text)], aggregates: [call]))
  }

  /// What a worker answers for `rows`, taken in batches of 64.
  private static func partial(
    _ layout: GroupingLayout, _ kind: Kind, _ rows: [[Value]]
  ) throws(EvaluationError) -> ByteBuffer {
    let groups = layout.makeGroups()[0]
    var numbers: [UInt32] = []
    for start in stride(from: 0, to: rows.count, by: 64) {
      let part = rows[start..<min(start + 64, rows.count)]
      let keys = ColumnVector.of(part.map { $0[0] }, .text)
      groups.assign([keys], count: part.count, to: &numbers)
      let argument = kind.argument.map { ColumnVector.of(part.map { $0[1] }, $0) }
      do {
        try numbers.withUnsafeBufferPointer { numbers throws(EvaluationError) in
          try groups.states[0].update(
            AggregateInput(
              groups: numbers.baseAddress, arguments: argument.map { [$0] } ?? [], count: part.count
            ))
        }
      } catch {
        throw EvaluationError(row: error.row, position: kind.call.position, error.message)
      }
    }
    var buffer = ByteBuffer()
    layout.encode([groups.partial()], into: &buffer)
    return buffer
  }

  private static func value(_ type: ColumnType, _ random: inout SeededGenerator) -> Value {
    if random.oneIn(7) { return .null }
    let number = Int64.random(in: -50...50, using: &random)
    return switch type {
    case .boolean: .boolean(random.oneIn(3))
    case .double: .double(Double(number) / 8)
    case .numeric: .numeric(Numeric(coefficient: Int128(number), scale: Int32(random.next() % 4)))
    case .text: .text("t\(number)" + (random.oneIn(2) ? "" : " and more"))
    case .bigint: .integer(number * 100_000_000_000_000)
    default: .integer(number)
    }
  }

  private static func isClose(_ left: Value, _ right: Value) -> Bool {
    guard case .double(let right) = right else { return left == right }
    let left =
      switch left {
      case .double(let value): value
      case .numeric(let value): value.double
      default: Double.nan
      }
    return abs(left - right) <= 1e-12 * max(1, abs(right))
  }
}
