import Columnar

/// A part of a query: text around smaller parts.
struct Node {
  /// Text before, between and after the children: one more than there are children.
  var pieces: [String]
  var children: [Node]
  /// The type it is meant to have; `nil` for a constant without one.
  var type: ColumnType?
  /// Whether it is a sum, mean or spread of doubles, which depends on the order of rows.
  var sumsDoubles = false

  /// Whether it is an aggregate.
  var isAggregate = false

  /// Text without parts.
  init(_ text: String, _ type: ColumnType?) {
    pieces = [text]
    children = []
    self.type = type
  }

  /// Parts with text around them.
  init(_ pieces: [String], _ children: [Node], _ type: ColumnType?) {
    precondition(pieces.count == children.count + 1)
    self.pieces = pieces
    self.children = children
    self.type = type
  }

  /// `name(a, b)`.
  static func call(_ name: String, _ arguments: [Node], _ type: ColumnType?) -> Node {
    guard !arguments.isEmpty else { return Node("\(name)()", type) }
    let between = [String](repeating: ", ", count: arguments.count - 1)
    return Node(["\(name)("] + between + [")"], arguments, type)
  }

  /// The SQL text.
  var text: String {
    var text = pieces[0]
    for (child, piece) in zip(children, pieces.dropFirst()) {
      text += child.text
      text += piece
    }
    return text
  }

  /// How many nodes there are.
  var size: Int { children.reduce(1) { $0 + $1.size } }

  /// Whether this node or one below it answers yes.
  func contains(_ condition: (Node) -> Bool) -> Bool {
    condition(self) || children.contains { $0.contains(condition) }
  }

  /// The paths of all nodes, the outermost first.
  var paths: [[Int]] {
    [[]] + children.indices.flatMap { index in children[index].paths.map { [index] + $0 } }
  }

  /// The node at a path.
  subscript(path: ArraySlice<Int>) -> Node {
    get {
      guard let first = path.first else { return self }
      return children[first][path.dropFirst()]
    }
    set {
      guard let first = path.first else {
        self = newValue
        return
      }
      children[first][path.dropFirst()] = newValue
    }
  }
}
