extension LoadContext {
  /// The tree of a file, or `nil` when it has none; reports what is wrong with its syntax.
  func compose(_ text: TopologyText) -> YAMLNode? {
    add(text.lines, of: text.file)
    let (tree, errors) = TreeComposer.compose(text)
    errors.forEach(report)
    if tree == nil, errors.isEmpty {
      report(
        "the file is empty: a topology needs at least 'topology', 'source' and 'stages'",
        at: TopologyPosition(file: text.file))
    }
    return tree
  }
}
