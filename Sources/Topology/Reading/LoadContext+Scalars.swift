extension LoadContext {
  /// Reads text: any scalar but an empty one. With `allowsNullWord` also the words `null` and `~`
  /// stand for themselves.
  ///
  /// - Parameter what: the value's path, for messages.
  func text(_ node: YAMLNode, _ what: String, allowsNullWord: Bool = false) -> String? {
    guard case .scalar(let scalar) = node.content else {
      return wrongType(node, what, expected: "text")
    }
    let isMissing = allowsNullWord ? scalar.isPlain && scalar.text.isEmpty : node.isNull
    if isMissing { return wrongType(node, what, expected: "text") }
    return filled(scalar, at: node.position)
  }

  /// Reads text that is not empty and holds no NUL, as names of files must not.
  func path(_ node: YAMLNode, _ what: String) -> String? {
    guard let path = text(node, what) else { return nil }
    if path.isEmpty {
      report("\(what) is empty: give a path", at: node.position)
      return nil
    }
    if path.utf8.contains(0) || path.utf8.count > 4095 {
      report("\(what) is no path: it holds a NUL or exceeds 4095 bytes", at: node.position)
      return nil
    }
    return path
  }

  /// Reads a name: 1 to 64 of `A-Z a-z 0-9 . _ -`.
  func name(_ node: YAMLNode, _ what: String) -> String? {
    guard let name = text(node, what) else { return nil }
    let isValid = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: ".-_".utf8.contains(byte)
      }
    }
    guard isValid, (1...64).contains(name.utf8.count) else {
      report(
        "\(what) must be 1 to 64 letters (A-Z, a-z), digits, '.', '_' or '-', not"
          + " '\(Self.excerpt(name))'", at: node.position)
      return nil
    }
    return name
  }

  /// Reads a whole number within `range`; digits may be grouped by underscores.
  func integer(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int64>) -> Int64? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard let text = plainText(node, what, expected: expected) else { return nil }
    guard let value = Self.parseInteger(text) else {
      return wrongValue(text, node, what, expected: expected)
    }
    guard range.contains(value) else {
      return wrongValue(text, node, what, expected: expected)
    }
    return value
  }

  /// Reads `true` or `false`.
  func bool(_ node: YAMLNode, _ what: String) -> Bool? {
    let expected = "true or false"
    guard let text = plainText(node, what, expected: expected) else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return wrongValue(text, node, what, expected: expected)
    }
  }

  /// Reads one of an enumeration's names.
  ///
  /// - Parameter refusals: names that are known and not supported, with what to do instead.
  func choice<Choice: CaseIterable & RawRepresentable<String>>(
    _ node: YAMLNode, _ what: String, refusals: [String: String] = [:]
  ) -> Choice? {
    let names = Choice.allCases.map(\.rawValue)
    guard let text = text(node, what) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    if let refusal = refusals[text] {
      report("\(what): '\(text)' is not supported yet: \(refusal)", at: node.position)
      return nil
    }
    report(
      "\(what) cannot be '\(Self.excerpt(text))'"
        + Suggestion.hint(for: text, among: names, kind: "it is one of"), at: node.position)
    return nil
  }

  /// The text of a plain scalar. A quoted one is text, never a number or the like.
  func plainText(_ node: YAMLNode, _ what: String, expected: String) -> String? {
    guard case .scalar(let scalar) = node.content, !node.isNull else {
      return wrongType(node, what, expected: expected)
    }
    guard let text = filled(scalar, at: node.position) else { return nil }
    guard scalar.isPlain else {
      report(
        "\(what) must be \(expected), not the text \"\(Self.excerpt(text))\": leave out the quotes",
        at: node.position)
      return nil
    }
    return text
  }

  /// Reports a node of the wrong kind.
  func wrongType<Value>(_ node: YAMLNode, _ what: String, expected: String) -> Value? {
    let found =
      switch node.content {
      case .scalar(let scalar): node.isNull ? "nothing" : "'\(Self.excerpt(scalar.text))'"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    report("\(what) must be \(expected), not \(found)", at: node.position)
    return nil
  }

  /// Reports a scalar that cannot be read or is out of range.
  func wrongValue<Value>(
    _ text: String, _ node: YAMLNode, _ what: String, expected: String
  ) -> Value? {
    report("\(what) must be \(expected), not '\(Self.excerpt(text))'", at: node.position)
    return nil
  }

  /// The number that `text` holds, or `nil` when it holds none that fits.
  static func parseInteger(_ text: String) -> Int64? {
    let digits = text.drop { $0 == "-" }
    let isGrouped = digits.split(separator: "_", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy((UInt8(ascii: "0")...57).contains) }
    return isGrouped ? Int64(text.filter { $0 != "_" }) : nil
  }

  /// The beginning of a text, fit for one line of a message.
  static func excerpt(_ text: String) -> String {
    let line = text.unicodeScalars.prefix(60).map { $0.value < 0x20 ? " " : String($0) }.joined()
    return text.unicodeScalars.dropFirst(60).isEmpty ? line : line + "…"
  }
}
