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
  /// Whether it differs from row to row by itself: a column, an aggregate, a window function or a
  /// sub-query.
  var isVariable = false
  /// Whether it is a window function.
  var isWindow = false
  /// Whether it is a sub-query.
  var isSubquery = false
  /// Whether the query stays one without it.
  var isOptional = false
  /// Whether the children are a list, of which one can be left out where there are several.
  var isList = false

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

  /// A column's name.
  static func column(_ name: String, _ type: ColumnType) -> Node {
    var node = Node(name, type)
    node.isVariable = true
    return node
  }

  /// `first a, b, … last`, of one part or more.
  static func list(_ first: String, _ parts: [Node], _ last: String) -> Node {
    let between = [String](repeating: ", ", count: parts.count - 1)
    var node = Node([first] + between + [last], parts, nil)
    node.isList = true
    return node
  }

  /// Text that can be left out, around parts of it.
  static func optional(_ pieces: [String], _ children: [Node]) -> Node {
    var node = Node(pieces, children, nil)
    node.isOptional = true
    return node
  }

  /// Nothing.
  static let nothing = Node("", nil)

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

  /// Whether it names what differs from row to row.
  var isConstant: Bool { !contains { $0.isVariable } }

  /// Without one of the parts of a list.
  func removing(_ index: Int) -> Node {
    var node = self
    node.children.remove(at: index)
    // The text before it goes; that in front of the first stays.
    node.pieces.remove(at: index == 0 ? 1 : index)
    return node
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
