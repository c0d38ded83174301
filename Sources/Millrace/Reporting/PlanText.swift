import Columnar
import Formats
import Operators
import Query
import Topology

/// What `millrace plan` prints.
struct PlanText {
  let plan: PlannedRun
  let listsCuts: Bool

  /// The lines, after cutting the whole source.
  ///
  /// - Throws: ``Rejection`` when the source cannot be cut.
  func lines() throws(Rejection) -> [String] {
    var lines = ["topology  \(plan.topology.name)"]
    lines += sourceLines()
    lines += try partitionLines()
    for (number, step) in plan.steps.enumerated() {
      lines.append("stage \(number + 1)   \(step.stageName) (\(step.operatorName))")
      if let sql = step.plan {
        let description = PlanDescription(sql, schema: schema(of: number))
        lines += description.lines.map { "  \($0)" }
      }
    }
    lines.append("workers   \(plan.topology.workers)")
    lines.append("sink      \(sinkText)")
    return lines
  }

  private func schema(of step: Int) -> InputSchema {
    guard step > 0, let before = plan.steps[step - 1].plan else { return plan.schema }
    return InputSchema(columns: before.columns)
  }

  private func sourceLines() -> [String] {
    guard let input = plan.input else {
      guard case .range(let range) = plan.topology.source else { return [] }
      return ["source    numbers from \(range.from) to \(range.to), \(range.payload) bytes each"]
    }
    let bytes = input.files.reduce(Int64(0)) { $0 + $1.size }
    var lines = [
      "source    \(Quantity.plural(input.files.count, "file")), \(Quantity.bytes(Double(bytes)))"
    ]
    lines += input.files.prefix(10).map { "  \($0.path) (\(Quantity.bytes(Double($0.size))))" }
    if input.files.count > 10 { lines.append("  … and \(input.files.count - 10) more") }
    if !plan.schema.columns.isEmpty {
      lines.append("columns")
      let width = plan.schema.columns.map(\.name.count).max() ?? 0
      for column in plan.schema.columns {
        let gap = String(repeating: " ", count: width - column.name.count + 2)
        let origin = column.isDeclared ? " (declared)" : ""
        lines.append("  \(column.name)\(gap)\(column.type.name)\(origin)")
      }
    }
    return lines
  }

  private func partitionLines() throws(Rejection) -> [String] {
    var cuts: [String] = []
    var count = 0
    var smallest = Int.max
    var largest = 0
    do {
      var source = try plan.openSource()
      while let slice = try source.next() {
        let size: Int
        switch slice {
        case .file(let index, let offset, let length):
          size = length
          if listsCuts {
            cuts.append(
              "  \(count)  \(source.files[index].path)  offset \(offset)  length \(length)")
          }
        case .range(let from, let numbers, _):
          size = numbers
          if listsCuts { cuts.append("  \(count)  from \(from)  count \(numbers)") }
        }
        smallest = min(smallest, size)
        largest = max(largest, size)
        count += 1
      }
    } catch let error as SourceError {
      let place =
        error.offset.map { SourcePlace(path: error.path, offset: $0).description } ?? error.path
      throw Rejection("\(place): error: \(error.message)")
    } catch {
      throw Rejection("\(plan.topology.file): error: \(error)")
    }
    let unit = plan.input == nil ? "numbers" : "bytes"
    let sizes =
      count == 0
      ? "" : ", \(Quantity.count(smallest)) to \(Quantity.count(largest)) \(unit) each"
    let delivery =
      plan.input == nil
      ? "as numbers" : plan.byReference ? "by reference" : plan.compresses ? "compressed" : "inline"
    return ["partitions \(Quantity.count(count))\(sizes), delivered \(delivery)"] + cuts
  }

  private var sinkText: String {
    switch plan.topology.sink {
    case .file(let sink): "\(sink.path) (\(sink.format.rawValue))"
    case .table: "table on standard output"
    case .discard: "discarded"
    }
  }
}
