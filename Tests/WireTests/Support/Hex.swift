/// Bytes and their notation.
enum Hex {
  /// The bytes that `text` writes as pairs of digits, with or without spaces; `nil` for others.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let digits = String(text.filter { $0 != " " && $0 != "\n" })
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var rest = digits[...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
