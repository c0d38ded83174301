/// Reads a `source:` that has `files:`.
struct FileSourceReader {
  let context: LoadContext
  let fields: Fields
  /// What the fields belong to, for messages.
  var what = "source"
  /// The key that names the files.
  var key = "files"

  /// The source, or `nil` when it names no files or its format is not known.
  func read(_ files: YAMLNode) -> Topology.Source? { source(files).map { .files($0) } }

  /// The files and how they are read, or `nil` when none are named or their format is not known.
  func source(_ files: YAMLNode) -> Topology.FileSource? {
    let patterns = readPatterns(files)
    let format = readFormat(patterns)
    if let format { refuseKeys(for: format) }
    if let payload = fields["payload"] {
      context.report(
        "'payload' makes no sense with 'files', it belongs to 'range': leave it out",
        at: payload.keyPosition)
    }
    let source = Topology.FileSource(
      patterns: patterns,
      format: format ?? .csv,
      partition: size("partition", in: (1 << 10)...(1 << 30)) ?? 16 << 20,
      columns: readColumns(),
      header: fields["header"].flatMap { context.bool($0.value, "\(what).header") } ?? true,
      nulls: readNulls(),
      delimiter: format == .tsv ? UInt8(ascii: "\t") : readDelimiter(),
      quote: readQuote(),
      maxRecord: size("max_record", in: (1 << 10)...(512 << 20)) ?? 16 << 20,
      onBadRecord: fields["on_bad_record"].flatMap {
        context.choice(
          $0.value, "\(what).on_bad_record", refusals: ["quarantine": "use fail or skip"])
      } ?? .fail,
      deliver: SourceReader.readDelivery(fields, in: context))
    return patterns.isEmpty || format == nil ? nil : source
  }

  private func size(_ key: String, in range: ClosedRange<Int>) -> Int? {
    fields[key].flatMap { context.size($0.value, "\(what).\(key)", in: range) }
  }

  /// One pattern or a list of them.
  private func readPatterns(_ node: YAMLNode) -> [Topology.FilePattern] {
    var items = [node]
    if case .sequence(let list) = node.content {
      items = list
      if list.isEmpty {
        context.report("\(what).\(key) is an empty list: name a file", at: node.position)
      }
    }
    return items.compactMap { item in
      context.path(item, "\(what).\(key)").map {
        Topology.FilePattern(
          text: $0, folder: FilePath.folder(of: context.file), position: item.position)
      }
    }
  }

  /// The format given, or that of the first pattern's ending.
  private func readFormat(_ patterns: [Topology.FilePattern]) -> Topology.Format? {
    if let entry = fields["format"] { return context.choice(entry.value, "\(what).format") }
    guard let first = patterns.first else { return nil }
    switch FilePath.ending(of: first.text) {
    case "csv": return .csv
    case "tsv": return .tsv
    case "jsonl", "ndjson": return .jsonl
    case "txt", "log": return .text
    default:
      context.report(
        "the format of '\(LoadContext.excerpt(first.text))' cannot be told from its ending: add"
          + " 'format:' with one of csv, tsv, jsonl, text, bytes", at: first.position)
      return nil
    }
  }

  /// Reports keys that say nothing about a format.
  private func refuseKeys(for format: Topology.Format) {
    let fieldKeys = ["header", "nulls", "quote"]
    let recordKeys = ["max_record", "on_bad_record"]
    let (senseless, remedy): ([String], String) =
      switch format {
      case .csv: ([], "")
      case .tsv: (["delimiter"], "fields are separated by tabs; use format: csv for another byte")
      case .jsonl: (fieldKeys + ["delimiter"], "leave it out")
      case .text: (fieldKeys + ["delimiter", "columns"], "leave it out")
      case .bytes: (fieldKeys + recordKeys + ["delimiter", "columns"], "leave it out")
      }
    for entry in fields.present(among: senseless) {
      context.report(
        "'\(entry.key)' makes no sense with format \(format.rawValue): \(remedy)",
        at: entry.keyPosition)
    }
  }

  private func readColumns() -> [Topology.ColumnOverride] {
    guard let node = fields["columns"]?.value else { return [] }
    guard case .mapping(let entries) = node.content else {
      let expected = "a mapping such as 'columns: { delay: double }'"
      return context.wrongType(node, "\(what).columns", expected: expected) ?? []
    }
    return entries.compactMap { entry in
      let column = "\(self.what).columns.\(LoadContext.excerpt(entry.key))"
      guard let name = context.text(entry.value, column) else { return nil }
      guard let type = ColumnTypeName(name: name) else {
        let hint = Suggestion.hint(for: name, among: ColumnTypeName.names, kind: "types are")
        context.report(
          "\(column): unknown type '\(LoadContext.excerpt(name))'\(hint)", at: entry.value.position)
        return nil
      }
      return Topology.ColumnOverride(name: entry.key, type: type, position: entry.keyPosition)
    }
  }

  private func readNulls() -> [String] {
    guard let node = fields["nulls"]?.value else { return [""] }
    var items = [node]
    if case .sequence(let list) = node.content { items = list }
    guard items.count <= 64 else {
      context.report("\(what).nulls has more than 64 texts", at: node.position)
      return [""]
    }
    var nulls: [String] = []
    for item in items {
      guard let text = context.text(item, "\(what).nulls", allowsNullWord: true) else { continue }
      if !nulls.contains(text) { nulls.append(text) }
    }
    return nulls
  }

  private func readDelimiter() -> UInt8 {
    let comma = UInt8(ascii: ",")
    guard let node = fields["delimiter"]?.value,
      let text = context.text(node, "\(what).delimiter", allowsNullWord: true)
    else { return comma }
    guard text.utf8.count == 1, let byte = text.utf8.first,
      byte == UInt8(ascii: "\t") || (0x20..<0x7F).contains(byte), byte != UInt8(ascii: "\"")
    else {
      context.report(
        "\(what).delimiter must be one ASCII character, not a quote or line break, not"
          + " '\(LoadContext.excerpt(text))'", at: node.position)
      return comma
    }
    return byte
  }

  private func readQuote() -> UInt8? {
    let quote = UInt8(ascii: "\"")
    guard let node = fields["quote"]?.value, let text = context.text(node, "\(what).quote") else {
      return quote
    }
    switch text {
    case "\"": return quote
    case "none": return nil
    default:
      context.report(
        "\(what).quote must be '\"' or none, not '\(LoadContext.excerpt(text))'", at: node.position)
      return quote
    }
  }
}
