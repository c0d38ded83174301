extension LoadContext {
  /// Reads a size in bytes: a whole number, with or without a unit.
  func size(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
    let limits = "\(Self.sizeText(range.lowerBound)) to \(Self.sizeText(range.upperBound))"
    let expected = "a size from \(limits), such as 64KiB, 1MB or 4096"
    guard let text = plainText(node, what, expected: expected) else { return nil }
    guard let (number, unit) = Self.parseQuantity(text) else {
      return wrongValue(text, node, what, expected: expected)
    }
    guard unit.isEmpty || Self.sizeUnits[unit] != nil else {
      report(
        "\(what): unknown unit '\(Self.excerpt(unit))'"
          + Suggestion.hint(for: unit, among: Self.sizeUnitNames, kind: "units are"),
        at: node.position)
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: Self.sizeUnits[unit] ?? 1)
    guard !overflow, let size = Int(exactly: bytes), range.contains(size) else {
      return wrongValue(text, node, what, expected: expected)
    }
    return size
  }

  /// Reads a duration: a whole number and a unit.
  func duration(_ node: YAMLNode, _ what: String, in range: ClosedRange<Duration>) -> Duration? {
    let limits = "\(Self.durationText(range.lowerBound)) to \(Self.durationText(range.upperBound))"
    let expected = "a duration from \(limits), such as 250ms, 1s or 2m"
    guard let text = plainText(node, what, expected: expected) else { return nil }
    guard let (number, unit) = Self.parseQuantity(text), let milliseconds = Self.timeUnits[unit]
    else { return wrongValue(text, node, what, expected: expected) }
    let (total, overflow) = number.multipliedReportingOverflow(by: milliseconds)
    let duration = Duration.milliseconds(total)
    guard !overflow, range.contains(duration) else {
      return wrongValue(text, node, what, expected: expected)
    }
    return duration
  }

  /// Reads a share of a whole, from 0 to 1: a decimal fraction, or a percentage with its sign.
  func share(_ node: YAMLNode, _ what: String) -> Double? {
    let expected = "a share from 0% to 100%, such as 5% or 0.05"
    guard let text = plainText(node, what, expected: expected) else { return nil }
    let isPercentage = text.hasSuffix("%")
    let number =
      isPercentage ? text.dropLast().reversed().drop { $0 == " " }.reversed() : Array(text)
    let digits = number.filter { $0 != "." }
    guard !digits.isEmpty, number.count - digits.count <= 1,
      digits.allSatisfy({ ("0"..."9").contains($0) }), let value = Double(String(number)),
      value <= (isPercentage ? 100 : 1)
    else { return wrongValue(text, node, what, expected: expected) }
    return isPercentage ? value / 100 : value
  }

  private static let sizeUnitNames = ["B", "KB", "MB", "GB", "KiB", "MiB", "GiB"]
  private static let sizeUnits: [String: Int64] = [
    "B": 1, "kB": 1000, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
  ]
  private static let timeUnits: [String: Int64] = [
    "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000,
  ]

  /// Digits and what follows them, blanks between the two left out.
  private static func parseQuantity(_ text: String) -> (number: Int64, unit: String)? {
    let digits = text.unicodeScalars.prefix { ("0"..."9").contains($0) || $0 == "_" }
    guard let number = parseInteger(String(digits)) else { return nil }
    let unit = text.unicodeScalars[digits.endIndex...].drop { $0 == " " }
    return (number, String(unit))
  }

  private static func sizeText(_ bytes: Int) -> String {
    for unit in ["GiB", "MiB", "KiB"] {
      if let size = sizeUnits[unit].map(Int.init), bytes >= size, bytes % size == 0 {
        return "\(bytes / size)\(unit)"
      }
    }
    return "\(bytes)"
  }

  private static func durationText(_ duration: Duration) -> String {
    for unit in ["h", "m", "s"] {
      if let length = timeUnits[unit].map(Duration.milliseconds), duration >= length {
        return "\(Int(duration / length))\(unit)"
      }
    }
    return "\(Int(duration / .milliseconds(1)))ms"
  }
}
