import Yams

/// Puts what the YAML parser says in the form of a topology's errors.
enum SyntaxError {
  /// Describes an error that the parser threw for `file`.
  static func describe(_ error: any Error, file: String) -> TopologyError {
    let whole = TopologyPosition(file: file)
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, let yaml),
      .parser(let context, let problem, let mark, let yaml),
      .composer(let context, let problem, let mark, let yaml):
      var text = message(problem, context: context)
      if isReference(at: mark, in: yaml) {
        text += "; within { } and [ ] put a text that holds ${…} in quotes"
      }
      return TopologyError(text, at: TopologyPosition(file: file, mark: mark))
    case .reader(let problem, _, _, _):
      return TopologyError("not valid YAML: \(problem)", at: whole)
    case .memory:
      return TopologyError("not enough memory to read the file", at: whole)
    default:
      return TopologyError("not valid YAML: \(error)", at: whole)
    }
  }

  /// Whether the brace at `mark` is that of `${`, which ends an unquoted text in flow collections.
  private static func isReference(at mark: Mark, in yaml: String) -> Bool {
    let lines = SourceLines(yaml)
    guard let index = lines.index(line: mark.line, column: mark.column) else { return false }
    return lines.scalars[..<min(index + 1, lines.scalars.count)].suffix(2).elementsEqual(
      "${".unicodeScalars)
  }

  private static func message(_ problem: String, context: YamlError.Context?) -> String {
    if problem.contains("another document") {
      return "a second document begins here: a topology file holds one; put the other into a file"
        + " of its own"
    }
    if problem.hasPrefix("Maximum nesting level") {
      return "nested more than \(NodeConverter.depthLimit) levels deep"
    }
    var message = "not valid YAML: \(problem)"
    if problem == "found character that cannot start any token" {
      message += "; indent with spaces, not tabs, and quote a text that begins with @ or `"
    }
    if let context {
      message += " (\(context.text), which began at line \(context.mark.line))"
    }
    return message
  }
}
