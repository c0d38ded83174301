import Columnar

/// One window function at work.
final class WindowFunctionStep {
  private let call: WindowCall
  private let arguments: [ExpressionNode]
  private let partition: [ExpressionNode]
  private let order: [ExpressionNode]
  private let aggregate: FrameAggregate?

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ call: WindowCall, _ compiler: ExpressionCompiler) throws(SQLError) {
    self.call = call
    arguments = try call.arguments.map(compiler.compile)
    partition = try call.partition.map(compiler.compile)
    order = try call.order.map { (key: WindowOrder) throws(SQLError) in
      try compiler.compile(key.expression)
    }
    aggregate =
      if case .aggregate(let aggregate) = call.kind {
        try FrameAggregate(aggregate, compiler)
      } else {
        nil
      }
  }

  /// Whether another call has its rows in the same order.
  func hasOrder(of other: WindowFunctionStep) -> Bool {
    call.partition == other.call.partition && call.order == other.call.order
  }

  /// Puts the rows in the window's order.
  func order(_ batch: Batch) throws(EvaluationError) -> OrderedRows {
    var keys = Batch(columns: [], count: batch.count)
    for node in partition + order { keys.columns.append(try Self.all(node, batch)) }
    let orderKeys = call.order.enumerated().map { index, key in
      OrderKey(
        column: partition.count + index, descending: key.descending, nullsFirst: key.nullsFirst)
    }
    return OrderedRows(keys, divisors: partition.count, order: orderKeys)
  }

  /// The values for all places.
  func values(_ batch: Batch, _ rows: OrderedRows) throws(EvaluationError) -> ColumnVector {
    let sorted = batch.picking(rows.rows)
    if let aggregate {
      return try aggregate.values(sorted, rows, try frames(sorted, rows))
    }
    var values: [ColumnVector] = []
    for node in arguments { values.append(try Self.all(node, sorted)) }
    switch call.kind {
    case .rowNumber: return Self.numbers(rows) { $0 - rows.partitionRange($0).lowerBound + 1 }
    case .rank:
      return Self.numbers(rows) {
        rows.peerRange($0).lowerBound - rows.partitionRange($0).lowerBound + 1
      }
    case .denseRank:
      return Self.numbers(rows) { place in
        let first = rows.partitionRange(place).lowerBound
        return Int(rows.peer[place] - rows.peer[first]) + 1
      }
    case .percentRank:
      return Self.fractions(rows) { place in
        let all = rows.partitionRange(place)
        let rank = rows.peerRange(place).lowerBound - all.lowerBound
        return all.count > 1 ? Double(rank) / Double(all.count - 1) : 0
      }
    case .cumulativeDistribution:
      return Self.fractions(rows) { place in
        let all = rows.partitionRange(place)
        return Double(rows.peerRange(place).upperBound - all.lowerBound) / Double(all.count)
      }
    case .buckets: return try buckets(values[0], rows)
    case .lag, .lead: return shifted(values, rows)
    case .firstValue, .lastValue, .nthValue:
      return try chosen(values, rows, try frames(sorted, rows))
    case .aggregate: preconditionFailure("aggregates are computed over frames")
    }
  }

  private func frames(_ sorted: Batch, _ rows: OrderedRows) throws(EvaluationError) -> FrameFinder {
    let needsKey = call.frame.unit == .range && order.count == 1
    let key = needsKey ? try Self.all(order[0], sorted) : nil
    return FrameFinder(
      call.frame, rows, key: key, isDescending: call.order.first?.descending ?? false)
  }

  // MARK: Kinds

  private static func numbers(
    _ rows: OrderedRows, _ number: (Int) -> Int
  ) -> ColumnVector {
    let result = ColumnVector(type: .bigint, capacity: rows.rows.count)
    for place in rows.rows.indices { result.append(Int64(number(place))) }
    return result
  }

  private static func fractions(
    _ rows: OrderedRows, _ number: (Int) -> Double
  ) -> ColumnVector {
    let result = ColumnVector(type: .double, capacity: rows.rows.count)
    for place in rows.rows.indices { result.append(number(place)) }
    return result
  }

  /// `ntile`: buckets whose sizes differ by one at most, the larger ones first.
  private func buckets(
    _ counts: ColumnVector, _ rows: OrderedRows
  ) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .integer, capacity: rows.rows.count)
    let values = counts.values(as: Int32.self)
    // PostgreSQL asks for the number once in a partition, at the first row where there is one.
    var first: Int?
    for place in rows.rows.indices {
      let all = rows.partitionRange(place)
      if place == all.lowerBound { first = nil }
      if first == nil, !counts.isNull(place) { first = place }
      guard let first else {
        result.appendNull()
        continue
      }
      let buckets = Int(values[first])
      guard buckets > 0 else {
        throw EvaluationError(
          row: Int(rows.rows[place]), position: call.position,
          "argument of ntile must be greater than zero")
      }
      let (size, larger) = (all.count / buckets, all.count % buckets)
      let index = place - first
      let bucket =
        index < larger * (size + 1)
        ? index / (size + 1) : larger + (index - larger * (size + 1)) / max(size, 1)
      result.append(Int32(bucket + 1))
    }
    return result
  }

  /// `lag` and `lead`.
  private func shifted(_ values: [ColumnVector], _ rows: OrderedRows) -> ColumnVector {
    let result = ColumnVector(type: call.type, capacity: rows.rows.count)
    result.adoptOwners(of: values[0])
    if values.count > 2 { result.adoptOwners(of: values[2]) }
    for place in rows.rows.indices {
      var distance = 1
      if values.count > 1 {
        if values[1].isNull(place) {
          result.appendNull()
          continue
        }
        distance = Int(values[1].values(as: Int32.self)[place])
      }
      let target = call.kind == .lag ? place - distance : place + distance
      if rows.partitionRange(place).contains(target) {
        result.append(from: values[0], row: target)
      } else if values.count > 2 {
        result.append(from: values[2], row: place)
      } else {
        result.appendNull()
      }
    }
    return result
  }

  /// `first_value`, `last_value` and `nth_value`.
  private func chosen(
    _ values: [ColumnVector], _ rows: OrderedRows, _ frames: FrameFinder
  ) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: call.type, capacity: rows.rows.count)
    result.adoptOwners(of: values[0])
    for place in rows.rows.indices {
      var wanted = 1
      if call.kind == .nthValue {
        if values[1].isNull(place) {
          result.appendNull()
          continue
        }
        wanted = Int(values[1].values(as: Int32.self)[place])
        guard wanted > 0 else {
          throw EvaluationError(
            row: Int(rows.rows[place]), position: call.position,
            "argument of nth_value must be greater than zero")
        }
      }
      let parts = frames.ranges(place)
      let size = parts.reduce(0) { $0 + $1.count }
      if call.kind == .lastValue { wanted = size }
      guard wanted >= 1, wanted <= size else {
        result.appendNull()
        continue
      }
      var left = wanted - 1
      for part in parts {
        if left < part.count {
          result.append(from: values[0], row: part.lowerBound + left)
          break
        }
        left -= part.count
      }
    }
    return result
  }

  /// The values of all rows; a node answers batches.
  private static func all(
    _ node: ExpressionNode, _ batch: Batch
  ) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: node.type, capacity: batch.count)
    for start in stride(from: 0, to: batch.count, by: RowReader.batchRows) {
      let part = batch.slice(start..<min(start + RowReader.batchRows, batch.count))
      do {
        // Copied, for the node's text lives until its next answer only.
        result.append(copyingAllOf: try node.evaluate(part), count: part.count)
      } catch {
        throw EvaluationError(row: start + error.row, position: error.position, error.message)
      }
    }
    return result
  }
}

extension ColumnVector {
  /// Appends the value in `row` of `other`, which has the same type and whose owners are held.
  fileprivate func append(from other: ColumnVector, row: Int) {
    append(contentsOf: other, rows: row..<row + 1)
  }
}
