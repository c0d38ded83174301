/// Roman numbers of `to_char`.
enum RomanNumber {
  private static let parts: [(Int64, String)] = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
  ]

  /// The number, at the right of 15 places unless `isCompact`; `#` outside of 1...3999.
  static func text(_ value: Int64, isUpper: Bool, isCompact: Bool) -> [UInt8] {
    guard (1...3999).contains(value) else {
      return [UInt8](repeating: UInt8(ascii: "#"), count: 15)
    }
    var rest = value
    var text = ""
    for (number, letters) in parts {
      while rest >= number {
        text += letters
        rest -= number
      }
    }
    let padding = isCompact ? "" : String(repeating: " ", count: max(15 - text.utf8.count, 0))
    return Array((padding + (isUpper ? text : text.lowercased())).utf8)
  }
}
