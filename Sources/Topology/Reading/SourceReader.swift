/// Reads `source:`.
struct SourceReader {
  static let keys = [
    "files", "range", "stdin", "format", "partition", "payload", "columns", "header", "nulls",
    "delimiter", "quote", "max_record", "on_bad_record", "deliver",
  ]

  let context: LoadContext

  /// The source, or `nil` when it is missing or of no kind.
  func read(_ node: YAMLNode) -> Topology.Source? {
    let remedy = "source: { files: data/*.csv }"
    guard
      let fields = Fields.read(node, "source", known: Self.keys, remedy: remedy, in: context)
    else { return nil }
    let kinds = fields.present(among: ["files", "range", "stdin"])
    for other in kinds.dropFirst() {
      context.report(
        "source has both '\(kinds[0].key)' and '\(other.key)': keep one", at: other.keyPosition)
    }
    switch kinds.first?.key {
    case "files": return FileSourceReader(context: context, fields: fields).read(kinds[0].value)
    case "range": return readRange(kinds[0].value, fields)
    case "stdin":
      context.report(
        "'stdin' is not supported yet: write it to a file and use files:", at: kinds[0].keyPosition)
    default:
      context.report(
        "source must have one of 'files' and 'range'", at: fields.position)
    }
    return nil
  }

  /// How partitions get to the workers.
  static func readDelivery(_ fields: Fields, in context: LoadContext) -> Topology.Delivery {
    fields["deliver"].flatMap { context.choice($0.value, "source.deliver") } ?? .auto
  }

  private func readRange(_ node: YAMLNode, _ fields: Fields) -> Topology.Source? {
    let known = ["range", "files", "stdin", "partition", "payload", "deliver"]
    for entry in fields.present(among: Self.keys) where !known.contains(entry.key) {
      context.report(
        "'\(entry.key)' makes no sense with 'range', which reads no files: leave it out",
        at: entry.keyPosition)
    }
    let bounds = readBounds(node)
    let partition = fields["partition"].flatMap {
      context.integer($0.value, "source.partition (numbers)", in: 1...(1 << 31))
    }
    let payload = fields["payload"].flatMap {
      context.size($0.value, "source.payload", in: 0...(1 << 20))
    }
    var deliver = Self.readDelivery(fields, in: context)
    if deliver == .compressed, let entry = fields["deliver"] {
      context.report(
        "source.deliver cannot be 'compressed' with 'range', whose bytes mean nothing: use 'inline' or"
          + " leave it out", at: entry.value.position)
      deliver = .inline
    }
    if deliver == .reference, let entry = fields["deliver"] {
      context.report(
        "source.deliver cannot be 'reference' with 'range', which has no file to refer to: use"
          + " inline", at: entry.value.position)
      deliver = .inline
    }
    // Within their ranges the two cannot overflow when multiplied: 2³¹ × 2²⁰.
    let count = Int(partition ?? 10_000)
    if count * (payload ?? 0) > 256 << 20, let entry = fields["payload"] {
      context.report(
        "a partition of \(count) numbers with \(payload ?? 0) bytes each exceeds 256MiB: make"
          + " source.partition or source.payload smaller", at: entry.value.position)
    }
    guard let bounds else { return nil }
    return .range(
      Topology.RangeSource(
        from: bounds.from, to: bounds.to, partition: count, payload: payload ?? 0,
        deliver: deliver))
  }

  private func readBounds(_ node: YAMLNode) -> (from: Int64, to: Int64)? {
    let known = ["from", "to"]
    let remedy = "range: { from: 0, to: 1000000 }"
    guard
      let fields = Fields.read(
        node, "source.range", known: known, remedy: remedy, in: context)
    else { return nil }
    let bounds = known.map { key -> Int64? in
      guard let entry = fields[key] else {
        context.report("source.range needs '\(key)', as in '\(remedy)'", at: fields.position)
        return nil
      }
      return context.integer(entry.value, "source.range.\(key)", in: .min ... .max)
    }
    guard let from = bounds[0], let to = bounds[1] else { return nil }
    guard from <= to else {
      context.report(
        "source.range ends at \(to), before it begins at \(from): 'to' must be at least 'from'",
        at: fields["to"]?.value.position ?? fields.position)
      return nil
    }
    guard !to.subtractingReportingOverflow(from).overflow else {
      context.report(
        "source.range spans more than \(Int64.max) numbers: bring 'from' and 'to' closer",
        at: fields["to"]?.value.position ?? fields.position)
      return nil
    }
    return (from, to)
  }
}
