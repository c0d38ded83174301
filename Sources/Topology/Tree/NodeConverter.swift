import Yams

/// Copies a parsed node into a tree of bounded size, aliases expanded.
struct NodeConverter {
  /// Deepest nesting of lists and mappings.
  static let depthLimit = 64
  /// Nodes of the expanded tree.
  static let nodeLimit = 100_000
  /// Bytes of all scalars of the expanded tree.
  static let byteLimit = 4 << 20

  private let position: (Mark?) -> TopologyPosition
  private var nodes = 0
  private var bytes = 0

  /// A converter that finds the place of a node by `position`.
  init(position: @escaping (Mark?) -> TopologyPosition) {
    self.position = position
  }

  /// Copies `node`.
  ///
  /// - Throws: what is too deep, too large or not supported.
  mutating func convert(_ node: Node, depth: Int = 0) throws(TopologyError) -> YAMLNode {
    let place = position(node.mark)
    guard depth <= Self.depthLimit else {
      throw TopologyError("nested more than \(Self.depthLimit) levels deep", at: place)
    }
    nodes += 1
    guard nodes <= Self.nodeLimit else { throw tooLarge(at: place) }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(content: .scalar(try convert(scalar, at: place)), position: place)
    case .sequence(let sequence):
      try checkTag(sequence.tag, at: place)
      var items: [YAMLNode] = []
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      return YAMLNode(content: .sequence(items), position: place)
    case .mapping(let mapping):
      try checkTag(mapping.tag, at: place)
      var entries: [YAMLEntry] = []
      for (key, value) in mapping {
        entries.append(try entry(key, value, depth: depth))
      }
      return YAMLNode(content: .mapping(entries), position: place)
    case .alias:
      throw TopologyError("an alias refers to nothing", at: place)
    }
  }

  private mutating func entry(
    _ key: Node, _ value: Node, depth: Int
  ) throws(TopologyError) -> YAMLEntry {
    let keyPosition = position(key.mark)
    guard case .scalar(let name) = key else {
      throw TopologyError("a key must be a plain name", at: keyPosition)
    }
    return YAMLEntry(
      key: try convert(name, at: keyPosition).text, keyPosition: keyPosition,
      value: try convert(value, depth: depth + 1))
  }

  private mutating func convert(
    _ scalar: Node.Scalar, at place: TopologyPosition
  ) throws(TopologyError) -> YAMLScalar {
    bytes += scalar.string.utf8.count
    guard bytes <= Self.byteLimit else { throw tooLarge(at: place) }
    try checkTag(scalar.tag, at: place)
    let style: YAMLScalar.Style =
      switch scalar.style {
      case .any, .plain: .plain
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal: .literal
      case .folded: .folded
      }
    return YAMLScalar(text: scalar.string, style: style)
  }

  private func tooLarge(at place: TopologyPosition) -> TopologyError {
    TopologyError(
      "the topology is too large with its aliases expanded (limits: \(Self.nodeLimit) nodes,"
        + " \(Self.byteLimit >> 20) MiB of text): use fewer aliases", at: place)
  }

  // Scalars that are not plain have the tag of strings.
  private func checkTag(_ tag: Tag, at place: TopologyPosition) throws(TopologyError) {
    guard !["", Tag.Name.str.rawValue].contains(tag.rawValue) else { return }
    throw TopologyError(
      "YAML tags such as '\(tag.rawValue)' are not supported: leave it out", at: place)
  }
}

extension TopologyPosition {
  /// A place as the YAML parser states it; without a mark the whole file.
  init(file: String, mark: Mark?) {
    self.init(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0)
  }
}
