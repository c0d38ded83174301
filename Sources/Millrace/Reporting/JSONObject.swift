/// One object of `--json`, on one line.
struct JSONObject {
  /// What it is about.
  let event: String
  private var text = "{"

  /// An object whose `event` says what it is about.
  init(event: String) {
    self.event = event
    set("event", event)
  }

  /// Adds a text.
  mutating func set(_ name: String, _ value: String) {
    key(name)
    text += Self.quoted(value)
  }

  /// Adds a text, or null.
  mutating func set(_ name: String, _ value: String?) {
    guard let value else { return setNull(name) }
    set(name, value)
  }

  /// Adds a whole number.
  mutating func set(_ name: String, _ value: some BinaryInteger) {
    key(name)
    text += "\(value)"
  }

  /// Adds a number; null where JSON has none for it.
  mutating func set(_ name: String, _ value: Double) {
    guard value.isFinite else { return setNull(name) }
    key(name)
    text += "\(value)"
  }

  /// Adds true or false.
  mutating func set(_ name: String, _ value: Bool) {
    key(name)
    text += "\(value)"
  }

  /// Adds a list of texts.
  mutating func set(_ name: String, _ values: [String]) {
    key(name)
    text += "[" + values.map(Self.quoted).joined(separator: ",") + "]"
  }

  /// The object, without a line end.
  var line: String { text + "}" }

  private mutating func setNull(_ name: String) {
    key(name)
    text += "null"
  }

  private mutating func key(_ name: String) {
    if text.utf8.count > 1 { text += "," }
    text += Self.quoted(name) + ":"
  }

  /// A JSON string (RFC 8259, section 7).
  static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
