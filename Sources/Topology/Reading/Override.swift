import Yams

/// A value given on the command line in place of one in the file: `--set path=value`.
struct Override {
  /// Keys, item numbers and stage names from the root down.
  private let path: [String]
  private let value: YAMLNode

  /// `--set PATH`, which is the place of errors.
  var position: TopologyPosition { value.position }

  /// Reads `path=value`.
  ///
  /// A value that begins with a quote, `[` or `{` is YAML; any other is a plain scalar as it stands,
  /// so that queries need no quoting.
  init(_ argument: String) throws(TopologyError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let position = TopologyPosition(file: "--set \(LoadContext.excerpt(String(parts[0])))")
    path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, path.allSatisfy({ !$0.isEmpty }), path.count <= 32 else {
      throw TopologyError(
        "expected PATH=VALUE, such as source.partition=4MiB", at: position)
    }
    value = try Self.parse(String(parts[1]), at: position)
  }

  /// Whether this is about what the file includes.
  var concernsIncludes: Bool { path[0] == "use" }

  /// Puts the value into the tree; mappings on the way that are missing are made.
  func apply(to root: inout YAMLNode) throws(TopologyError) {
    try set(path[...], in: &root, trail: [])
  }

  private func set(
    _ rest: ArraySlice<String>, in node: inout YAMLNode, trail: [String]
  ) throws(TopologyError) {
    guard let name = rest.first else {
      node = value
      return
    }
    if node.isNull { node = YAMLNode(content: .mapping([]), position: position) }
    switch node.content {
    case .scalar:
      throw TopologyError(
        "'\(trail.joined(separator: "."))' is a single value: nothing within it can be set",
        at: position)
    case .sequence(var items):
      let (index, length) = try item(rest, of: items, trail: trail)
      try set(rest.dropFirst(length), in: &items[index], trail: trail + rest.prefix(length))
      node.content = .sequence(items)
    case .mapping(var entries):
      // Names of columns may hold dots.
      let isColumn = trail == ["source", "columns"]
      let key = isColumn ? rest.joined(separator: ".") : name
      let below = isColumn ? [] : rest.dropFirst()
      let index = entries.firstIndex { $0.key == key } ?? entries.endIndex
      if index == entries.endIndex {
        let empty = YAMLNode(content: .mapping([]), position: position)
        entries.append(YAMLEntry(key: key, keyPosition: position, value: empty))
      }
      try set(below, in: &entries[index].value, trail: trail + [key])
      node.content = .mapping(entries)
    }
  }

  /// The item that `rest` begins with, and how many parts of the path that takes: stage names may
  /// hold dots, and the longest name wins.
  private func item(
    _ rest: ArraySlice<String>, of items: [YAMLNode], trail: [String]
  ) throws(TopologyError) -> (index: Int, length: Int) {
    let names = items.map(Self.name)
    for length in stride(from: rest.count, to: 0, by: -1) {
      let name = rest.prefix(length).joined(separator: ".")
      if let index = names.firstIndex(of: name) { return (index, length) }
    }
    let name = rest.first ?? ""
    if let index = Int(name), items.indices.contains(index) { return (index, 1) }
    let list = trail.joined(separator: ".")
    let known = names.compactMap(\.self)
    var message = "no item '\(LoadContext.excerpt(name))' in \(list)"
    if !known.isEmpty { message += Suggestion.hint(for: name, among: known, kind: "names are") }
    message += items.isEmpty ? "; it is empty" : "; numbers are 0 to \(items.count - 1)"
    throw TopologyError(message, at: position)
  }

  /// The `name` of a list item that is a mapping with one.
  private static func name(of item: YAMLNode) -> String? {
    guard case .mapping(let entries) = item.content,
      case .scalar(let name) = entries.first(where: { $0.key == "name" })?.value.content
    else { return nil }
    return name.text
  }

  private static func parse(
    _ text: String, at position: TopologyPosition
  ) throws(TopologyError) -> YAMLNode {
    guard let first = text.unicodeScalars.first, "[{\"'".unicodeScalars.contains(first) else {
      let scalar = YAMLScalar(text: text, style: .plain)
      return YAMLNode(content: .scalar(scalar), position: position)
    }
    do {
      _ = try TopologyText(Array(text.utf8), file: position.file)
      let node = try Yams.compose(yaml: text, .basic, .default, .utf8)
      var converter = NodeConverter { _ in position }
      if let node { return try converter.convert(node) }
    } catch let error as TopologyError {
      throw TopologyError(error.message, at: position)
    } catch {
      throw TopologyError(
        SyntaxError.describe(error, file: position.file).message, at: position)
    }
    throw TopologyError("the value is empty", at: position)
  }
}
