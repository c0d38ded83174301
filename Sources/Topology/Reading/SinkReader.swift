/// Reads `sink:`.
struct SinkReader {
  static let keys = ["file", "table", "discard", "format", "header", "null"]

  let context: LoadContext

  /// The sink; a table when it is of no kind.
  func read(_ node: YAMLNode) -> Topology.Sink {
    let table = Topology.Sink.table(null: "")
    if case .scalar(let scalar) = node.content, scalar.text == "table" { return table }
    let remedy = "sink: { file: out/result.csv }"
    guard let fields = Fields.read(node, "sink", known: Self.keys, remedy: remedy, in: context)
    else { return table }
    let kinds = fields.present(among: ["file", "table", "discard"])
    for other in kinds.dropFirst() {
      context.report(
        "sink has both '\(kinds[0].key)' and '\(other.key)': keep one", at: other.keyPosition)
    }
    guard let kind = kinds.first else {
      context.report("sink must have one of 'file', 'table' and 'discard'", at: fields.position)
      return table
    }
    let null = fields["null"].flatMap {
      context.text($0.value, "sink.null", allowsNullWord: true)
    }
    if kind.key == "file" { return readFile(kind.value, fields, null: null ?? "") ?? table }
    refuse(
      kind.key == "table" ? ["format", "header"] : ["format", "header", "null"], in: fields,
      with: "'\(kind.key)'")
    if context.bool(kind.value, "sink.\(kind.key)") == false {
      context.report(
        "sink.\(kind.key) can only be true: leave it out, or name another sink",
        at: kind.value.position)
    }
    return kind.key == "table" ? .table(null: null ?? "") : .discard
  }

  private func readFile(_ node: YAMLNode, _ fields: Fields, null: String) -> Topology.Sink? {
    let path = context.path(node, "sink.file")
    let header = fields["header"].flatMap { context.bool($0.value, "sink.header") }
    guard let format = readFormat(fields, path: path, at: node.position) else { return nil }
    switch format {
    case .csv, .tsv: break
    case .jsonl: refuse(["header", "null"], in: fields, with: "format jsonl")
    case .text: refuse(["header"], in: fields, with: "format text")
    }
    guard let path else { return nil }
    let hasHeader = format == .csv || format == .tsv
    return .file(
      Topology.FileSink(
        path: FilePath.join(path, toFolderOf: context.file), position: node.position,
        format: format, header: hasHeader && (header ?? true), null: null))
  }

  /// The format given, or that of the path's ending.
  private func readFormat(
    _ fields: Fields, path: String?, at position: TopologyPosition
  ) -> Topology.SinkFormat? {
    if let entry = fields["format"] { return context.choice(entry.value, "sink.format") }
    guard let path else { return nil }
    switch FilePath.ending(of: path) {
    case "csv": return .csv
    case "tsv": return .tsv
    case "jsonl", "ndjson": return .jsonl
    case "txt", "log": return .text
    default:
      context.report(
        "the format of '\(LoadContext.excerpt(path))' cannot be told from its ending: add 'format:'"
          + " with one of csv, tsv, jsonl, text", at: position)
      return nil
    }
  }

  private func refuse(_ keys: [String], in fields: Fields, with what: String) {
    for entry in fields.present(among: keys) {
      context.report(
        "'\(entry.key)' makes no sense with \(what): leave it out", at: entry.keyPosition)
    }
  }
}
