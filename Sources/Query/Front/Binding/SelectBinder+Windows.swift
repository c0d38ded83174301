extension SelectBinder {
  /// Reads WINDOW, whose definitions are bound where they are used.
  mutating func collectWindows(_ select: SyntaxNode) throws(SQLError) {
    for node in try select.nodes("windowClause") {
      try node.expect("WindowDef")
      let name = node.string("name") ?? ""
      guard !expressions.namedWindows.contains(where: { $0.name == name }) else {
        throw SQLError(position: node.position, "window \"\(name)\" is already defined")
      }
      expressions.namedWindows.append((name, node))
    }
  }
}
