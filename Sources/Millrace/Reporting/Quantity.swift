/// Numbers as people read them.
enum Quantity {
  /// `1,234,567`.
  static func count(_ value: some BinaryInteger) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// `7.4 MB`: powers of ten, three digits.
  static func bytes(_ value: Double) -> String {
    scaled(value, ["B", "kB", "MB", "GB", "TB", "PB"])
  }

  /// `391k`: powers of ten, three digits.
  static func rate(_ value: Double) -> String {
    scaled(value, ["", "k", "M", "G", "T"], separator: "")
  }

  /// `0.21 s`, `12.3 s` or `3 min 20 s`.
  static func seconds(_ value: Double) -> String {
    if value >= 120 { return "\(Int(value) / 60) min \(Int(value) % 60) s" }
    return "\(threeDigits(value)) s"
  }

  /// `1 partition` or `3 partitions`.
  static func plural(_ value: some BinaryInteger, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  private static func scaled(
    _ value: Double, _ units: [String], separator: String = " "
  ) -> String {
    var value = value
    var unit = 0
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let digits = unit == 0 ? String(Int(value.rounded())) : threeDigits(value)
    return "\(digits)\(separator)\(units[unit])"
  }

  /// Three significant digits where there is a fraction.
  private static func threeDigits(_ value: Double) -> String {
    let decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (value * scale).rounded()
    guard rounded.isFinite, rounded < 1e15 else { return "\(value)" }
    if decimals == 0 { return String(Int(rounded)) }
    let whole = Int(rounded) / Int(scale)
    let fraction = String(Int(rounded) % Int(scale))
    return "\(whole)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }
}
