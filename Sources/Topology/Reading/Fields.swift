/// The entries of a mapping whose keys are known names.
struct Fields {
  /// Where the mapping begins.
  let position: TopologyPosition
  private let entries: [YAMLEntry]

  /// The entry with this key.
  subscript(_ key: String) -> YAMLEntry? {
    entries.first { $0.key == key }
  }

  /// Those of `keys` that there are, in the order of the file.
  func present(among keys: [String]) -> [YAMLEntry] {
    entries.filter { keys.contains($0.key) }
  }

  /// Reads a mapping and reports keys that are not among `known`.
  ///
  /// - Parameters:
  ///   - what: the mapping's path, for messages.
  ///   - rootKeys: keys that belong at the top level of the topology and are told to go there.
  ///   - remedy: what to write instead of something that is no mapping.
  static func read(
    _ node: YAMLNode, _ what: String, known: [String], rootKeys: [String] = [], remedy: String,
    in context: LoadContext
  ) -> Fields? {
    guard case .mapping(let entries) = node.content else {
      return context.wrongType(node, what, expected: "a mapping such as '\(remedy)'")
    }
    for entry in entries where !known.contains(entry.key) {
      let key = LoadContext.excerpt(entry.key)
      guard !rootKeys.contains(entry.key) else {
        context.report(
          "'\(key)' does not belong in \(what): it counts for the whole run, so move it to the top "
            + "level of the topology", at: entry.keyPosition)
        continue
      }
      context.report(
        "unknown key '\(key)' in \(what)"
          + Suggestion.hint(for: entry.key, among: known, kind: "known keys"),
        at: entry.keyPosition)
    }
    return Fields(position: node.position, entries: entries)
  }
}
