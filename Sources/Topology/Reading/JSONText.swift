/// Renders a tree as JSON (RFC 8259), keys in the order of the file.
///
/// A plain scalar that reads as a JSON number, `true`, `false` or `null` (also `~` or nothing) is
/// that; all other scalars are strings.
struct JSONText {
  private let context: LoadContext
  private var text = ""

  /// The tree as one line of JSON; `nil` when a scalar cannot be filled in or all of it is too large.
  static func render(_ node: YAMLNode, in context: LoadContext) -> String? {
    var json = JSONText(context: context)
    guard json.append(node) else { return nil }
    return json.text
  }

  private init(context: LoadContext) {
    self.context = context
  }

  private mutating func append(_ node: YAMLNode) -> Bool {
    guard text.utf8.count <= NodeConverter.byteLimit else {
      context.report("the configuration exceeds 4 MiB", at: node.position)
      return false
    }
    switch node.content {
    case .scalar(let scalar):
      guard let value = context.filled(scalar, at: node.position) else { return false }
      append(value, isPlain: scalar.isPlain)
      return true
    case .sequence(let items):
      var isComplete = true
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        isComplete = append(item) && isComplete
      }
      text += "]"
      return isComplete
    case .mapping(let entries):
      var isComplete = true
      text += "{"
      for (index, entry) in entries.enumerated() {
        if index > 0 { text += "," }
        append(string: entry.key)
        text += ":"
        isComplete = append(entry.value) && isComplete
      }
      text += "}"
      return isComplete
    }
  }

  private mutating func append(_ value: String, isPlain: Bool) {
    guard isPlain else { return append(string: value) }
    switch value {
    case "", "~", "null", "Null", "NULL": text += "null"
    case "true", "True", "TRUE": text += "true"
    case "false", "False", "FALSE": text += "false"
    default:
      if Self.isNumber(value) { text += value } else { append(string: value) }
    }
  }

  private mutating func append(string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}"..<" ":
        let code = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// RFC 8259, section 6.
  private static func isNumber(_ value: String) -> Bool {
    var rest = value.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = digits(&rest)
    guard whole.count == 1 || (whole.count > 1 && whole.first != UInt8(ascii: "0")) else {
      return false
    }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard !digits(&rest).isEmpty else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard !digits(&rest).isEmpty else { return false }
    }
    return rest.isEmpty
  }

  private static func digits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    rest = rest[digits.endIndex...]
    return digits
  }
}
