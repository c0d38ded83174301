/// A node of a topology's tree, with its place. Aliases are expanded.
struct YAMLNode: Equatable {
  enum Content: Equatable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  var content: Content
  var position: TopologyPosition

  /// Whether this is a plain scalar that means nothing: empty, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let scalar) = content, scalar.isPlain else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }
}

/// A key of a mapping and its value.
struct YAMLEntry: Equatable {
  var key: String
  var keyPosition: TopologyPosition
  var value: YAMLNode
}

/// A scalar before environment variables are filled in.
struct YAMLScalar: Equatable {
  enum Style: Equatable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  var text: String
  var style: Style

  /// Whether the text may mean something other than itself, such as a number.
  var isPlain: Bool { style == .plain }
}
