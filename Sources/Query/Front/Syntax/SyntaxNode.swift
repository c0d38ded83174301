/// A node of the parse tree: a kind and its fields.
///
/// Whoever interprets a node names the fields it understands with ``allow(_:)``, so that what is not
/// understood is refused and never ignored.
struct SyntaxNode: Sendable {
  /// PostgreSQL's name of the node, such as `FuncCall`.
  let kind: String
  /// Byte offset in the SQL text, or that of something near.
  let position: Int
  private let fields: [SyntaxField]

  /// A node written as `{"Kind": {…}}`.
  init(_ value: SyntaxValue, near: Int) throws(SQLError) {
    guard case .object(let wrapper) = value, wrapper.count == 1, let inner = wrapper.first else {
      throw SQLError(position: near, "this part of the SQL is not supported")
    }
    try self.init(kind: inner.name, inner.value, near: near)
  }

  /// A node whose kind is known from its place, written as its fields alone.
  init(kind: String, _ value: SyntaxValue, near: Int) throws(SQLError) {
    guard case .object(let fields) = value else {
      throw SQLError(position: near, "the SQL parser's answer has a malformed \(kind)")
    }
    self.kind = kind
    self.fields = fields
    position = value.firstPosition ?? near
  }

  private init(kind: String, position: Int, fields: [SyntaxField]) {
    self.kind = kind
    self.position = position
    self.fields = fields
  }

  /// The node without a field.
  func without(_ name: String) -> SyntaxNode {
    SyntaxNode(kind: kind, position: position, fields: fields.filter { $0.name != name })
  }

  /// The value of a field, or `nil` when it is not there, which means PostgreSQL's default.
  func value(_ name: String) -> SyntaxValue? { fields.first { $0.name == name }?.value }

  /// The text of a field.
  func string(_ name: String) -> String? {
    if case .string(let text) = value(name) { text } else { nil }
  }

  /// The number of a field.
  func integer(_ name: String) -> Int? {
    if case .integer(let number) = value(name) { number } else { nil }
  }

  /// Whether a field is there and true.
  func flag(_ name: String) -> Bool {
    if case .boolean(let flag) = value(name) { flag } else { false }
  }

  /// The items of a field that is a list; empty when it is not there.
  func items(_ name: String) -> [SyntaxValue] {
    if case .list(let items) = value(name) { items } else { [] }
  }

  /// The node in a field.
  func node(_ name: String) throws(SQLError) -> SyntaxNode? {
    guard let value = value(name) else { return nil }
    return try SyntaxNode(value, near: position)
  }

  /// The nodes in a field that is a list.
  func nodes(_ name: String) throws(SQLError) -> [SyntaxNode] {
    var nodes: [SyntaxNode] = []
    for item in items(name) { nodes.append(try SyntaxNode(item, near: position)) }
    return nodes
  }

  /// The texts of a list of String nodes, such as a qualified name.
  func names(_ name: String) throws(SQLError) -> [String] {
    var names: [String] = []
    for node in try nodes(name) {
      guard node.kind == "String" else { throw Unsupported.node(node) }
      names.append(node.string("sval") ?? "")
    }
    return names
  }

  /// Throws what a node of another kind is refused with.
  func expect(_ kind: String) throws(SQLError) {
    guard self.kind == kind else { throw Unsupported.node(self) }
  }

  /// Refuses the node when it has a field that is not in `names`.
  func allow(_ names: [String]) throws(SQLError) {
    for field in fields where field.name != "location" && !names.contains(field.name) {
      throw Unsupported.field(
        field.name, of: kind, at: field.value.firstPosition ?? position)
    }
  }
}
