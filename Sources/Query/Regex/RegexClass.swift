/// Named character classes.
enum RegexClass {
  /// The class of a name in `[[:name:]]`, or `nil` when there is none.
  static func set(named name: String) -> RegexSet? {
    switch name {
    case "alpha": alpha
    case "alnum": alnum
    case "digit": digit
    case "lower": lower
    case "upper": upper
    case "punct": punct
    case "space": space
    case "blank": RegexSet(union: [0x09...0x09, 0x20...0x20])
    case "cntrl": control
    case "graph": alnum.union(punct)
    case "print": alnum.union(punct).union(space).subtracting(control).subtracting(lineEnds)
    case "xdigit": RegexSet(union: [0x30...0x39, 0x41...0x46, 0x61...0x66])
    case "ascii": RegexSet(0x00...0x7F)
    case "word": word
    default: nil
    }
  }

  static let digit = RegexSet(0x30...0x39)
  static let space = RegexSet(
    union: [
      0x09...0x0D, 0x20...0x20, 0x1680...0x1680, 0x2000...0x2006, 0x2008...0x200A,
      0x2028...0x2029, 0x205F...0x205F, 0x3000...0x3000,
    ])
  static let alpha = table(RegexClassTables.alpha)
  static let alnum = alpha.union(digit)
  static let word = alnum.union(RegexSet(0x5F...0x5F))
  /// What the engine's word boundaries take for a word's characters.
  static let boundaryWord = RegexSet(union: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  private static let lower = table(RegexClassTables.lower)
  private static let upper = table(RegexClassTables.upper)
  private static let punct = table(RegexClassTables.punct)
  private static let control = RegexSet(union: [0x00...0x1F, 0x7F...0x9F])
  private static let lineEnds = RegexSet(0x2028...0x2029)

  private static func table(_ text: String) -> RegexSet {
    var ranges: [ClosedRange<UInt32>] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      let ends = word.split(whereSeparator: { "-/".contains($0) }).map { UInt32($0, radix: 16) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil else {
        preconditionFailure("the table of a character class has no \(word)")
      }
      if word.last == "/" {
        ranges += stride(from: first, through: last, by: 2).map { $0...$0 }
      } else {
        ranges.append(first...last)
      }
    }
    return RegexSet(union: ranges)
  }
}
